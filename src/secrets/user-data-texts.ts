import { parseAddress } from '../plan/address.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';
import { configurationTexts } from './configuration-texts.ts';
import { expressionsAt } from './origin.ts';
import { USER_DATA } from './places.ts';
import { changedLeaves, valuesAt } from './plan-text.ts';
import type { Path, Place, PlanText } from './plan-text.ts';
import { decodeUserData } from './user-data.ts';
import { writtenIn } from './written.ts';
import type { ExpressionLookup } from './written.ts';

/** One side of a change. */
interface Sides {
  readonly change: Change;
  readonly values: Json;
  readonly other: Json | undefined;
  readonly counterpart: Json;
  readonly isAfter: boolean;
}

/** What is known of one start-up script; `unread` says why there may be more in it. */
interface Script {
  readonly path: Path;
  readonly texts: readonly string[];
  readonly unread?: string | undefined;
}

/** A SHA-1 is what AWS provider 5 shows in the place of user data. */
const SHA1 = /^[0-9a-f]{40}$/;
const sha1 = (text: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha1').update(text).digest('hex');

const HASHED = 'it cannot be told, because the plan has only a hash of the user data and no source writes its text';
const LATER = 'it cannot be told, because the user data is known only after apply';
const TOO_LARGE = 'it cannot be told, because the user data unpacks to more than 4 MiB';

/** The start-up scripts of one side, unpacked; what cannot be read is a text of its own that says so. */
export function userDataTexts(plan: Plan, sides: Sides, lookup: ExpressionLookup | undefined): PlanText[] {
  const { change, values, other, counterpart, isAfter } = sides;
  return (USER_DATA[change.type] ?? []).flatMap((attribute) => {
    const names = attribute.split('.');
    const old = valuesAt(other, names).map(({ value }) => value);
    const deployed = valuesAt(counterpart, names).map(({ value }) => value);
    const known = valuesAt(values, names)
      .filter(({ value }) => value !== '' && !old.includes(value))
      .flatMap(({ value, path }): Script[] => {
        if (typeof value !== 'string') return [];
        if (!SHA1.test(value)) return [{ path, texts: [value] }];
        return isAfter ? [behindHash(plan, change, names, path, value, lookup)] : [];
      });
    const later = isAfter && isUnknownAt(plan, change, names) ? [fromSource(change, names, names, LATER, lookup)] : [];
    return [...known, ...later].flatMap((script) => unpacked(change, script, deployed));
  });
}

const isUnknownAt = (plan: Plan, change: Change, names: readonly string[]): boolean =>
  valuesAt(change.afterUnknown, names).some(({ value }) => value === true) &&
  expressionsAt(plan, change, names).length > 0;

function unpacked(change: Change, { path, texts, unread }: Script, deployed: readonly Json[]): PlanText[] {
  const place: Place = {
    address: change.address,
    previousAddress: change.previousAddress,
    resourceType: change.mode === 'data' ? `data.${change.type}` : change.type,
    path,
    context: 'user-data',
  };
  const decoded = texts.map((packed) => ({ ...decodeUserData(packed), standing: deployed.includes(sha1(packed)) }));
  const reason = unread ?? (decoded.every(({ complete }) => complete) ? undefined : TOO_LARGE);
  return [
    ...decoded.flatMap((one) =>
      one.texts.map((text): PlanText => ({ place, text, literal: true, standing: one.standing })),
    ),
    ...(reason === undefined ? [] : [{ place, text: '', literal: false, unread: reason }]),
  ];
}

/** The text with this hash: a constant, the value of a variable or of a module's argument, else what the source writes. */
function behindHash(
  plan: Plan,
  change: Change,
  names: readonly string[],
  path: Path,
  hash: string,
  lookup: ExpressionLookup | undefined,
): Script {
  const constants = expressionsAt(plan, change, names).map(({ constant_value: value }) => value);
  const given = [...constants, ...Object.values(plan.variables)].flatMap((value) => [
    ...changedLeaves(value, undefined),
  ]);
  const candidates = [...given, ...configurationTexts(plan)].map(({ text }) => text);
  const found = candidates.find((text) => sha1(text) === hash) ?? constants.find((value) => typeof value === 'string');
  return typeof found === 'string' ? { path, texts: [found] } : fromSource(change, names, path, HASHED, lookup);
}

/** What the source writes down of a text that the plan does not show. */
function fromSource(
  change: Change,
  names: readonly string[],
  path: Path,
  because: string,
  lookup: ExpressionLookup | undefined,
): Script {
  const { modules, type, name } = parseAddress(change.address);
  const expression = lookup?.(
    modules.map((step) => step.name),
    { kind: 'resource', type, name, path: names },
  );
  const written = expression && writtenIn(expression);
  return { path, texts: written?.texts ?? [], unread: written?.complete === true ? undefined : because };
}
