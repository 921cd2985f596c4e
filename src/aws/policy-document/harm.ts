/**
 * Actions that do little harm by themselves when everyone may call them, by service: reading single objects, pulling
 * images, encrypting.
 */
const MILD: Readonly<Record<string, RegExp>> = {
  s3: /^s3:getobject[a-z]*\*?$/,
  ecr: /^ecr:(batchgetimage|getdownloadurlforlayer|batchchecklayeravailability|(describe|get|list)[a-z]*\*?)$/,
  'ecr-public': /^ecr-public:(batchchecklayeravailability|(describe|get|list)[a-z]*\*?)$/,
  kms: /^kms:(encrypt|describekey|getpublickey|verify|verifymac|generatedatakeywithoutplaintext|generatedatakeypairwithoutplaintext|list[a-z]+|get[a-z]+)$/,
};

/** True when a public grant of this action (lower case) is not as bad as one of the others of its service. */
export const isMild = (service: string, action: string): boolean => MILD[service]?.test(action) ?? false;

const CHANGES_POLICY = ['*:put*policy', '*:set*policy', '*:delete*policy', '*:addpermission', '*:removepermission'];

/** Actions, as globs, by which another account can take over, change or destroy what the policy belongs to. */
const STRONG: Readonly<Record<string, readonly string[]>> = {
  s3: ['s3:put*', 's3:delete*', 's3:replicate*', 's3:bypass*', 's3:restore*'],
  's3-access-point': ['s3:put*', 's3:delete*'],
  kms: ['kms:put*', 'kms:creategrant', 'kms:schedulekeydeletion', 'kms:disable*', 'kms:delete*', 'kms:update*'],
  sqs: ['sqs:setqueueattributes', 'sqs:addpermission', 'sqs:deletequeue', 'sqs:purgequeue'],
  sns: ['sns:settopicattributes', 'sns:addpermission', 'sns:deletetopic'],
  ecr: ['ecr:putimage', 'ecr:batchdeleteimage', 'ecr:deleterepository', 'ecr:setrepositorypolicy'],
  secretsmanager: ['secretsmanager:put*', 'secretsmanager:update*', 'secretsmanager:delete*'],
  backup: ['backup:delete*', 'backup:update*', 'backup:put*'],
  lambda: ['lambda:update*', 'lambda:add*', 'lambda:delete*'],
};

const OTHERWISE: readonly string[] = ['*:delete*', ...CHANGES_POLICY];

/** The actions that make a grant to another account a strong one, for a service. */
export const strongActions = (service: string): readonly string[] => STRONG[service] ?? OTHERWISE;
