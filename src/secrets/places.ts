/** Which attributes of which resources hold environments, start-up scripts, or nothing that is ever secret. */

/**
 * Environments: a map of names and values, or a list of blocks or JSON objects with a name and a value. Paths are
 * dotted without list indexes; `json` says that the attribute is JSON text and where the environment stands inside.
 */
export interface EnvironmentPlace {
  readonly attribute: string;
  /** Inside JSON text: path of the environment below the document, lists passed through. */
  readonly json?: string;
  /** The pair is clear text only when this key is absent or has this value (CodeBuild's `type`). */
  readonly onlyWhen?: { readonly key: string; readonly value: string };
}

export const ENVIRONMENTS: Readonly<Record<string, readonly EnvironmentPlace[]>> = {
  aws_amplify_app: [{ attribute: 'environment_variables' }],
  aws_amplify_branch: [{ attribute: 'environment_variables' }],
  aws_apprunner_service: [
    {
      attribute: 'source_configuration.image_repository.image_configuration.runtime_environment_variables',
    },
    {
      attribute:
        'source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_variables',
    },
  ],
  aws_batch_job_definition: [{ attribute: 'container_properties', json: 'environment' }],
  aws_codebuild_project: [
    { attribute: 'environment.environment_variable', onlyWhen: { key: 'type', value: 'PLAINTEXT' } },
  ],
  aws_ecs_task_definition: [{ attribute: 'container_definitions', json: 'environment' }],
  aws_elastic_beanstalk_configuration_template: [{ attribute: 'setting' }],
  aws_elastic_beanstalk_environment: [{ attribute: 'setting' }],
  aws_glue_job: [{ attribute: 'default_arguments' }],
  aws_lambda_function: [{ attribute: 'environment.variables' }],
  aws_lightsail_container_service_deployment_version: [{ attribute: 'container.environment' }],
  aws_sagemaker_model: [{ attribute: 'primary_container.environment' }, { attribute: 'container.environment' }],
};

/** Start-up scripts and what is like them: they are packed (base64, gzip, MIME), so they are unpacked first. */
export const USER_DATA: Readonly<Record<string, readonly string[]>> = {
  aws_imagebuilder_component: ['data'],
  aws_instance: ['user_data', 'user_data_base64'],
  aws_launch_configuration: ['user_data', 'user_data_base64'],
  aws_launch_template: ['user_data'],
  aws_sagemaker_notebook_instance_lifecycle_configuration: ['on_create', 'on_start'],
  aws_spot_fleet_request: ['launch_specification.user_data'],
  aws_spot_instance_request: ['user_data', 'user_data_base64'],
};

const NEVER_SECRET =
  /^(?:arn|id|ids|etag|name|region|account_id|owner_id|tags_all|public_key(?:_\w+)?|certificate(?:_(?:body|chain|arn))?|ca_certificate\w*|ciphertext(?:_\w+)?|source_code_hash|filebase64sha256|fingerprint|thumbprint|thumbprint_list)$|_(?:arn|arns|ids|hash|sha1|sha256|sha512|checksum|etag|fingerprint|fingerprints|thumbprint|thumbprints|public_key|ciphertext|ciphertext_blob)$|(?<!access_key)(?<!api_key)_id$/;

/**
 * True for attributes whose values look random and are never secret: ARNs, ids, hashes, public keys, certificates,
 * ciphertext, thumbprints (semantics 10). `access_key_id` is none of them.
 */
export const isNeverSecret = (attribute: string): boolean => NEVER_SECRET.test(attribute);

/** Providers whose literal arguments are credentials, whatever their form. */
export const PROVIDER_SECRETS: readonly string[] = [
  'access_key',
  'secret_key',
  'token',
  'password',
  'api_key',
  'api_token',
];
