/**
 * The lists below are facts from cloudsplaining, parliament, policy_sentry and AWS's service authorization reference,
 * read through and completed by planwarden. `test/iam/data/risk.test.ts` holds every name against the catalogue.
 */

/**
 * The answer has credentials, tokens or keys in it, or the action makes some.
 *
 * Left out: `cognito-identity:GetCredentialsForIdentity`, `GetOpenIdToken`, `cognito-idp:AssociateSoftwareToken` (open to
 * anybody, IAM does not ask), `sts:GetSessionToken` and the tokens of ECR and CodeArtifact (can do no more than who asked
 * for them), `cognito-idp:GetSigningCertificate` (public).
 */
export const CREDENTIALS_EXPOSURE = `
  acm: ExportCertificate
  airflow: CreateCliToken CreateWebLoginToken
  appsync: CreateApiKey
  bedrock-agentcore: GetResourceApiKey GetResourceOauth2Token
  chime: CreateApiKey
  cloud9: CreateEnvironmentToken
  codeconnections: GetConnectionToken
  codepipeline: PollForJobs
  codestar-connections: GetConnectionToken
  cognito-identity: GetOpenIdTokenForDeveloperIdentity
  cognito-idp: AddUserPoolClientSecret AdminSetUserPassword DescribeUserPoolClient
  connect: GetFederationToken
  datazone: GetDomainExecutionRoleCredentials GetEnvironmentCredentials
  ds: ResetUserPassword
  dsql: DbConnect DbConnectAdmin
  ec2: GetPasswordData
  elasticmapreduce: GetClusterSessionCredentials
  emr-containers: GetManagedEndpointSessionCredentials
  events: RetrieveConnectionCredentials
  finspace-api: GetProgrammaticAccessCredentials
  gamelift: GetComputeAccess GetComputeAuthToken GetInstanceAccess RequestUploadCredentials
  grafana: CreateWorkspaceApiKey CreateWorkspaceServiceAccountToken
  iam: CreateAccessKey CreateLoginProfile CreateServiceSpecificCredential ResetServiceSpecificCredential
    UpdateAccessKey UpdateLoginProfile
  iot: CreateKeysAndCertificate
  lakeformation: GetTemporaryGluePartitionCredentials GetTemporaryGlueTableCredentials
  license-manager: GetAccessToken
  lightsail: CreateBucketAccessKey DownloadDefaultKeyPair GetInstanceAccessDetails
    GetRelationalDatabaseMasterUserPassword
  mediapackage: RotateChannelCredentials RotateIngestEndpointCredentials
  rds-db: connect
  redshift: GetClusterCredentials GetClusterCredentialsWithIAM
  redshift-serverless: GetCredentials
  s3: GetDataAccess
  ssm: GetAccessToken
  sso-directory: CreateBearerToken UpdatePassword
  sso-oauth: CreateTokenWithIAM
  sts: AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetFederationToken GetWebIdentityToken
`;

/**
 * Reads or exports data.
 *
 * Left out: `ec2:CreateSnapshot`, `rds:CreateDBSnapshot` (stay in the account; what shares them is below),
 * `kms:GenerateDataKey` (a key for new data), `secretsmanager:BatchGetSecretValue` (needs `GetSecretValue` of each secret),
 * `glue:GetTable`, `ecr:BatchGetImage` (descriptions), `s3:GetObjectTorrent`, `qldb:PartiQLSelect` (AWS ended them).
 */
export const DATA_EXFILTRATION = `
  aoss: APIAccessAll
  athena: GetQueryResults StartQueryExecution
  backup: StartRestoreJob
  cassandra: Select
  chime: GetChannelMessage
  codeartifact: GetPackageVersionAsset
  codecommit: GetFile GitPull
  cognito-idp: AdminGetUser ListUsers
  dynamodb: BatchGetItem ExportTableToPointInTime GetItem GetRecords PartiQLSelect Query Scan
  ebs: GetSnapshotBlock
  ec2: CopySnapshot CreateStoreImageTask ExportImage GetConsoleOutput GetConsoleScreenshot GetPasswordData
    ModifyImageAttribute ModifySnapshotAttribute
  ecr: GetDownloadUrlForLayer
  elasticfilesystem: ClientMount
  es: ESHttpGet
  glacier: GetJobOutput
  glue: GetConnection
  kinesis: GetRecords SubscribeToShard
  kms: Decrypt ReEncryptFrom
  lambda: GetFunction GetLayerVersion
  logs: FilterLogEvents GetLogEvents GetQueryResults StartQuery
  rds: CopyDBSnapshot DownloadCompleteDBLogFile ModifyDBSnapshotAttribute StartExportTask
  rds-data: ExecuteStatement
  redshift: AuthorizeSnapshotAccess
  redshift-data: ExecuteStatement GetStatementResult
  s3: GetObject GetObjectVersion PutReplicationConfiguration ReplicateObject
  s3-object-lambda: GetObject
  s3express: CreateSession
  s3tables: GetTableData
  secretsmanager: GetSecretValue
  sns: Subscribe
  sqs: ReceiveMessage
  ssm: GetParameter GetParameterHistory GetParameters GetParametersByPath
  timestream: Select
  workmail: StartMailboxExportJob
`;

/**
 * Writes a resource policy, an access list, a grant or a share, or lifts a block of public access. It manages
 * permissions too.
 *
 * Left out: `iot:CreatePolicy…` (of devices), `redshift:CreateSnapshotCopyGrant` (for Redshift itself),
 * `s3:CreateAccessGrantsInstance` (empty).
 */
export const RESOURCE_EXPOSURE = `
  acm-pca: CreatePermission PutPolicy
  agent-registry: PutResourcePolicy
  aoss: CreateAccessPolicy UpdateAccessPolicy UpdateSecurityPolicy
  apigateway: PutPortalProductSharingPolicy UpdateDomainNameManagementPolicy UpdateDomainNamePolicy
    UpdateRestApiPolicy
  appstream: UpdateImagePermissions
  appsync: PutResourcePolicy
  aps: PutResourcePolicy
  arc-region-switch: PutResourcePolicy
  aws-marketplace: PutResourcePolicy
  backup: PutBackupVaultAccessPolicy PutBackupVaultSharingPolicy
  bedrock: PutResourcePolicy
  bedrock-agentcore: PutResourcePolicy
  billing: PutResourcePolicy
  cleanrooms-ml: PutConfiguredAudienceModelPolicy
  cloudfront: PutResourcePolicy
  cloudhsm: PutResourcePolicy
  cloudsearch: UpdateServiceAccessPolicies
  cloudtrail: PutResourcePolicy
  cloudwatch: CreateAccessGrant CreateDomainAccessGrantForOrganization
  codeartifact: PutDomainPermissionsPolicy PutRepositoryPermissionsPolicy
  codebuild: PutResourcePolicy
  codeguru-profiler: PutPermission
  comprehend: PutResourcePolicy
  datazone: AddPolicyGrant PutDomainSharingPolicy
  ds: ShareDirectory
  dynamodb: PutResourcePolicy
  ec2: CreateCoipPoolPermission CreateLocalGatewayRouteTablePermission CreateNetworkInterfacePermission
    CreateVpcBlockPublicAccessExclusion DisableImageBlockPublicAccess DisableSnapshotBlockPublicAccess
    ModifyImageAttribute ModifySnapshotAttribute ModifyVpcBlockPublicAccessOptions ModifyVpcEndpointServicePermissions
    PutResourcePolicy
  ecr: PutRegistryPolicy SetRepositoryPolicy
  ecr-public: SetRepositoryPolicy
  elasticfilesystem: PutFileSystemPolicy
  elasticmapreduce: PutWorkspaceAccess
  entityresolution: AddPolicyStatement PutPolicy
  es: UpdateDomainConfig UpdateElasticsearchDomainConfig
  events: PutPermission PutResourcePolicy
  fsx: PutResourcePolicy
  glacier: SetVaultAccessPolicy
  glue: PutResourcePolicy
  grafana: UpdatePermissions
  imagebuilder: PutComponentPolicy PutContainerRecipePolicy PutImagePolicy PutImageRecipePolicy
  iotsitewise: CreateAccessPolicy UpdateAccessPolicy
  kinesis: PutResourcePolicy
  kms: CreateGrant PutKeyPolicy
  lambda: AddLayerVersionPermission AddPermission CreateFunctionUrlConfig PutResourcePolicy UpdateFunctionUrlConfig
  lex: CreateResourcePolicy UpdateResourcePolicy
  logs: PutDestinationPolicy PutResourcePolicy
  lookoutequipment: PutResourcePolicy
  mediastore: PutContainerPolicy
  mediatailor: PutChannelPolicy
  mpa: PutResourcePolicy
  network-firewall: PutResourcePolicy
  networkmanager: PutResourcePolicy
  odb: PutResourcePolicy
  omics: PutS3AccessPolicy
  opsworks: SetPermission
  osis: PutResourcePolicy
  payment-cryptography: PutResourcePolicy
  qbusiness: PutResourcePolicy
  quicksight: UpdatePublicSharingSettings
  ram: AssociateResourceShare CreateResourceShare UpdateResourceShare
  rds: ModifyDBClusterSnapshotAttribute ModifyDBSnapshotAttribute
  redshift: AuthorizeDataShare AuthorizeEndpointAccess AuthorizeSnapshotAccess PutResourcePolicy
  redshift-serverless: PutResourcePolicy
  refactor-spaces: PutResourcePolicy
  resource-explorer-2: PutResourcePolicy
  route53-recovery-control-config: PutResourcePolicy
  route53resolver: PutFirewallRuleGroupPolicy PutResolverQueryLogConfigPolicy PutResolverRulePolicy
  rum: PutResourcePolicy
  s3: AssociateAccessGrantsIdentityCenter CreateAccessGrant CreateAccessGrantsLocation
    PutAccessGrantsInstanceResourcePolicy PutAccessPointPolicy PutAccessPointPolicyForObjectLambda
    PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutBucketAcl PutBucketOwnershipControls
    PutBucketPolicy PutBucketPublicAccessBlock PutMultiRegionAccessPointPolicy PutObjectAcl PutObjectVersionAcl
    UpdateAccessGrantsLocation
  s3-object-lambda: PutObjectAcl PutObjectVersionAcl
  s3-outposts: PutAccessPointPolicy PutBucketPolicy PutObjectAcl
  s3express: PutAccessPointPolicy PutBucketPolicy
  s3files: PutFileSystemPolicy
  s3tables: PutTableBucketPolicy PutTablePolicy
  s3vectors: PutVectorBucketPolicy
  sagemaker: PutResourcePolicy
  schemas: PutResourcePolicy
  secretsmanager: PutResourcePolicy
  servicecatalog: CreatePortfolioShare PutResourcePolicy UpdatePortfolioShare
  servicediscovery: PutResourcePolicy
  ses: CreateEmailIdentityPolicy PutIdentityPolicy UpdateEmailIdentityPolicy
  signer: AddProfilePermission
  sms-voice: PutResourcePolicy
  sns: AddPermission SetTopicAttributes
  sqs: AddPermission SetQueueAttributes
  ssm: ModifyDocumentPermission PutResourcePolicy
  ssm-incidents: PutResourcePolicy
  ssm-sap: PutResourcePermission
  vpc-lattice: PutAuthPolicy PutResourcePolicy
  workspaces: UpdateConnectionAliasPermission UpdateWorkspaceImagePermission
  xray: PutResourcePolicy
`;

/**
 * Changes who may do what: what AWS flags as permissions management, and what the other lists know besides, most of it in
 * IAM and IAM Identity Center. AWS's flag is as good as the service that sets it.
 *
 * Left out of AWS's:
 * - what reads or uses: all of `glue` but its resource policy, `…:Get…`, `…:Describe…`, `…:List…`, `backup:Search…`,
 *   `bedrock-agentcore:Invoke…`, `…Authorize…`, `SynchronizeGatewayTargets`, `ds:AccessDSData`, `entityresolution:Use…`,
 *   `iotfleetwise`, `managedblockchain`, `opensearch:ViewLoginPage`, `secretsmanager:ValidateResourcePolicy`
 * - what changes something else: `…:AllowVendedLogDeliveryForResource`, `…:SetWebACL`, `waf…:…WebACL`,
 *   `apigateway:…CertificateToDomain`, `ec2:…NatGateway`, `…OdbNetworkPeering`, `…PlacementGroup`, `health`,
 *   `lambda:…Replication`, `ses:ApplyTracking…`, `Replicate…`, `vpc-lattice:Associate…`, `Create…Association`,
 *   `xray:PutEncryptionConfig`
 *
 * Left out of the others':
 * - names, certificates, one's own password: `iam:…AccountAlias`, `UpdateRoleDescription`, `…ServerCertificate`,
 *   `ChangePassword`, `sso:UpdateApplicationInstanceDisplayData`, `…Status`, `worklink`
 * - what is new and empty, or goes: `kms:CreateKey`, `sns:CreateTopic`, `sqs:CreateQueue`, `es:CreateElasticsearchDomain`,
 *   `ds:Create…Directory`, `…MicrosoftAD`, `…ConditionalForwarder`, `cognito-identity` but for the roles of a pool
 * - what gives credentials: it is above
 */
export const PERMISSIONS_MANAGEMENT = `
  acm-pca: DeletePermission DeletePolicy
  apigateway: CreateAccessAssociation DeletePortalProductSharingPolicy RejectAccessAssociation
  arc-region-switch: DeleteResourcePolicy
  aws-marketplace: DeleteResourcePolicy
  backup: DeleteBackupVaultAccessPolicy DeleteBackupVaultSharingPolicy
  bedrock-agentcore: ManageAdminPolicy ManageResourceScopedPolicy
  billing: DeleteResourcePolicy
  chime: DeleteVoiceConnectorTerminationCredentials PutVoiceConnectorTerminationCredentials
  cloudformation: SetStackPolicy
  cloudhsm: DeleteResourcePolicy
  cloudwatch: AssumeAccessProfile CreateAccessProfile DeleteAccessGrant DeleteAccessProfile
    DeleteDomainAccessGrantForOrganization UpdateAccessProfile
  codeartifact: DeleteDomainPermissionsPolicy DeleteRepositoryPermissionsPolicy
  codebuild: DeleteResourcePolicy DeleteSourceCredentials ImportSourceCredentials
  codeguru-profiler: RemovePermission
  codestar: AssociateTeamMember CreateProject DeleteProject DisassociateTeamMember UpdateTeamMember
  cognito-identity: SetIdentityPoolRoles UpdateIdentityPool
  datazone: DeleteDomainSharingPolicy RemovePolicyGrant RevokeSubscription
  deadline: AssociateMemberToFarm AssociateMemberToFleet AssociateMemberToJob AssociateMemberToQueue
    DisassociateMemberFromFarm DisassociateMemberFromFleet DisassociateMemberFromJob DisassociateMemberFromQueue
  ds: CreateTrust
  dynamodb: DeleteResourcePolicy UpdateAbacStatus
  ec2: CancelImageLaunchPermission DeleteCoipPoolPermission DeleteLocalGatewayRouteTablePermission
    DeleteNetworkInterfacePermission DeleteResourcePolicy EnableImageBlockPublicAccess EnableSnapshotBlockPublicAccess
    ResetSnapshotAttribute
  ecr: DeleteRegistryPolicy DeleteRepositoryPolicy
  eks: AssociateAccessPolicy CreateAccessEntry UpdateAccessEntry
  elasticfilesystem: DeleteFileSystemPolicy
  elasticmapreduce: DeleteWorkspaceAccess PutBlockPublicAccessConfiguration
  entityresolution: DeletePolicyStatement
  events: DeleteResourcePolicy RemovePermission
  fsx: BypassSnaplockEnterpriseRetention DeleteResourcePolicy ManageBackupPrincipalAssociations
  glacier: AbortVaultLock CompleteVaultLock DeleteVaultAccessPolicy InitiateVaultLock SetDataRetrievalPolicy
  glue: DeleteResourcePolicy
  greengrass: AssociateServiceRoleToAccount
  iam: AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy
    AttachUserPolicy CreateAccessKey CreateGroup CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider
    CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole
    CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey
    DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile DeleteLoginProfile
    DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary
    DeleteRolePolicy DeleteSAMLProvider DeleteSSHPublicKey DeleteServiceLinkedRole DeleteServiceSpecificCredential
    DeleteSigningCertificate DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice
    DetachGroupPolicy DetachRolePolicy DetachUserPolicy EnableMFADevice EnableOrganizationsRootCredentialsManagement
    PassRole PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy
    RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile RemoveUserFromGroup
    ResetServiceSpecificCredential ResyncMFADevice SetDefaultPolicyVersion SetSecurityTokenServicePreferences
    UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile
    UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateSAMLProvider UpdateSSHPublicKey
    UpdateServiceSpecificCredential UpdateSigningCertificate UpdateUser UploadSSHPublicKey UploadSigningCertificate
  identitystore: CreateGroupMembership
  iot: AttachPolicy AttachPrincipalPolicy CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion
    DetachPolicy DetachPrincipalPolicy SetDefaultAuthorizer SetDefaultPolicyVersion
  iotsitewise: DeleteAccessPolicy
  kms: RetireGrant RevokeGrant
  lakeformation: BatchGrantPermissions BatchRevokePermissions GrantPermissions PutDataLakeSettings RevokePermissions
  lambda: DeleteResourcePolicy RemoveLayerVersionPermission RemovePermission
  license-manager: UpdateServiceSettings
  logs: DeleteResourcePolicy
  mediastore: DeleteContainerPolicy
  mediatailor: DeleteChannelPolicy
  monitron: AssociateProjectAdminUser CreateProjectUserAssociation CreateUserAccessRoleAssociation
    DeleteProjectUserAssociation DeleteUserAccessRoleAssociation DisassociateProjectAdminUser
  mpa: DeleteResourcePolicy
  networkmanager: DeleteResourcePolicy StartOrganizationServiceAccessUpdate
  notifications: DisableNotificationsAccessForOrganization EnableNotificationsAccessForOrganization
  opensearch: ApplicationAccessAll
  opsworks: UpdateUserProfile
  organizations: AttachPolicy DeletePolicy DeleteResourcePolicy DetachPolicy DisablePolicyType PutResourcePolicy
    UpdatePolicy
  payment-cryptography: DeleteResourcePolicy
  quicksight: CreateAdmin CreateGroup CreateGroupMembership CreateIAMPolicyAssignment CreateUser DeleteGroup
    DeleteGroupMembership DeleteIAMPolicyAssignment DeleteUser DeleteUserByPrincipalId RegisterUser
    UpdateActionConnectorPermissions UpdateAgentPermissions UpdateAnalysisPermissions UpdateAppPermissions
    UpdateDashboardPermissions UpdateDataSetPermissions UpdateDataSourcePermissions UpdateExtensionPermissions
    UpdateFlowPermissions UpdateFolderPermissions UpdateGroup UpdateIAMPolicyAssignment UpdateKnowledgeBasePermissions
    UpdateSpacePermissions UpdateTemplatePermissions UpdateThemePermissions UpdateTopicPermissions UpdateUser
  ram: AcceptResourceShareInvitation DeleteResourceShare DisassociateResourceShare EnableSharingWithAwsOrganization
    RejectResourceShareInvitation
  rds: AuthorizeDBSecurityGroupIngress
  redshift: CreateClusterUser CreateSnapshotCopyGrant DeauthorizeDataShare DeleteResourcePolicy JoinGroup
    ModifyClusterIamRoles RejectDataShare RevokeEndpointAccess RevokeSnapshotAccess
  resource-explorer-2: DeleteResourcePolicy
  route53-recovery-control-config: DeleteResourcePolicy
  s3: BypassGovernanceRetention CreateAccessGrantsInstance DeleteAccessGrant DeleteAccessGrantsInstance
    DeleteAccessGrantsInstanceResourcePolicy DeleteAccessGrantsLocation DeleteAccessPointPolicy
    DeleteAccessPointPolicyForObjectLambda DeleteBucketPolicy DissociateAccessGrantsIdentityCenter
    ObjectOwnerOverrideToBucketOwner
  s3-outposts: DeleteAccessPointPolicy DeleteBucketPolicy
  s3express: DeleteAccessPointPolicy DeleteAccessPointScope DeleteBucketPolicy PutAccessPointScope
  s3files: DeleteFileSystemPolicy
  s3tables: DeleteTableBucketPolicy DeleteTablePolicy
  s3vectors: DeleteVectorBucketPolicy
  secretsmanager: DeleteResourcePolicy
  servicecatalog: DeletePortfolioShare
  ses: DeleteEmailIdentityPolicy DeleteIdentityPolicy
  signer: RemoveProfilePermission
  sms-voice: DeleteResourcePolicy
  sns: RemovePermission
  sqs: RemovePermission
  ssm: DeleteResourcePolicy
  ssm-contacts: AssociateContact
  ssm-incidents: DeleteResourcePolicy
  ssm-sap: DeleteResourcePermission
  sso: AssociateDirectory AssociateProfile AttachCustomerManagedPolicyReferenceToPermissionSet
    AttachManagedPolicyToPermissionSet CreateAccountAssignment CreateApplicationInstance
    CreateApplicationInstanceCertificate CreatePermissionSet CreateProfile CreateTrust DeleteApplicationInstance
    DeleteApplicationInstanceCertificate DeleteInlinePolicyFromPermissionSet DeletePermissionSet
    DeletePermissionsBoundaryFromPermissionSet DeleteProfile DetachCustomerManagedPolicyReferenceFromPermissionSet
    DetachManagedPolicyFromPermissionSet DisassociateDirectory DisassociateProfile
    ImportApplicationInstanceServiceProviderMetadata PutInlinePolicyToPermissionSet
    PutPermissionsBoundaryToPermissionSet PutPermissionsPolicy StartSSO UpdateApplicationInstanceActiveCertificate
    UpdateApplicationInstanceResponseConfiguration UpdateApplicationInstanceResponseSchemaConfiguration
    UpdateApplicationInstanceSecurityConfiguration UpdateApplicationInstanceServiceProviderConfiguration
    UpdatePermissionSet UpdateProfile UpdateSSOConfiguration UpdateTrust
  sso-directory: AddMemberToGroup CreateAlias CreateGroup CreateUser DeleteGroup DeleteUser DisableUser EnableUser
    RemoveMemberFromGroup UpdateGroup UpdatePassword UpdateUser VerifyEmail
  storagegateway: DeleteChapCredentials SetLocalConsolePassword SetSMBGuestPassword UpdateChapCredentials
  vpc-lattice: DeleteAuthPolicy
  waf: DeletePermissionPolicy PutPermissionPolicy
  waf-regional: DeletePermissionPolicy PutPermissionPolicy
  wafv2: DeletePermissionPolicy PutPermissionPolicy
  workmail: DeleteMailboxPermissions PutMailboxPermissions ResetPassword
  workspaces: ModifySelfservicePermissions
`;
