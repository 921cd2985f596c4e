import { PORT_LISTS } from '../aws/port-lists.ts';
import type { Constants } from './cel.ts';

/** What every policy may name beside its subject: `ports.admin`, `ports.database`, … */
export const constants = (): Constants => ({ ports: PORT_LISTS });
