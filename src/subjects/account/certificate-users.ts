import type { Value } from '../../plan/value.ts';
import { isList, isObject } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';

/** Where the ARN of a certificate stands, by resource type: what stops serving TLS when the certificate goes. */
const CERTIFICATE_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_alb_listener: ['certificate_arn'],
  aws_api_gateway_domain_name: ['certificate_arn', 'regional_certificate_arn'],
  aws_apigatewayv2_domain_name: ['domain_name_configuration'],
  aws_cloudfront_distribution: ['viewer_certificate'],
  aws_lb_listener: ['certificate_arn'],
  aws_lb_listener_certificate: ['certificate_arn'],
  aws_opensearch_domain: ['domain_endpoint_options'],
};

const TYPE = 'aws_acm_certificate';

/** Finds what still names a certificate after the plan that the plan takes away. */
export const certificateUsers =
  (after: World) =>
  (certificate: Resource): readonly string[] => {
    if (certificate.type !== TYPE || certificate.fate === 'kept') return [];
    const arn = certificate.get('arn');
    if (typeof arn !== 'string') return [];
    return after
      .resources(...Object.keys(CERTIFICATE_ARGUMENTS))
      .filter((user) => (CERTIFICATE_ARGUMENTS[user.type] ?? []).some((attribute) => holds(user.get(attribute), arn)))
      .map(({ address }) => address);
  };

function holds(value: Value, text: string): boolean {
  if (isList(value)) return value.some((item) => holds(item, text));
  if (isObject(value)) return Object.values(value).some((item) => holds(item, text));
  return value === text;
}
