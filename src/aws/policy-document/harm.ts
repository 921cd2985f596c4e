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
