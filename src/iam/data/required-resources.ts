import { namesIn } from './name-list.ts';

/**
 * How many kinds of resources a request of an action names in any case, of those that come first in the catalogue: who may
 * start instances in one subnet only may not start them everywhere, though nobody can name the instances. From the
 * service authorization reference, of services that keep it well: others call required what is one of several.
 */
const BY_COUNT: Readonly<Record<number, string>> = {
  1: `
    ec2: AllocateAddress AllocateIpamPoolCidr AssociateApplicationStatusCheck AssociateClientVpnTargetNetwork
      AssociateRouteTable AssociateSubnetCidrBlock AssociateVpcCidrBlock AuthorizeSecurityGroupEgress
      AuthorizeSecurityGroupIngress CancelCapacityReservation CreateApplicationStatusCheck CreateClientVpnEndpoint
      CreateClientVpnRoute CreateFlowLogs CreateLocalGatewayRoute CreateNatGateway CreateNetworkInsightsPath
      CreateSecurityGroup CreateTrafficMirrorTarget CreateTransitGatewayMeteringPolicyEntry CreateTransitGatewayRoute
      CreateVolume CreateVpc CreateVpcBlockPublicAccessExclusion CreateVpnConcentrator DeleteClientVpnRoute
      DeleteLocalGatewayRoute DetachVolume DisableTransitGatewayRouteTablePropagation
      DisassociateApplicationStatusCheck DisassociateSecurityGroupVpc EnableFastLaunch
      EnableTransitGatewayRouteTablePropagation ModifyApplicationStatusCheck ModifyClientVpnEndpoint ModifyFleet
      ModifyInstanceAttribute ModifyInstanceCapacityReservationAttributes ModifyInstanceConnectEndpoint
      ModifyInstancePlacement ModifyIpamPolicyAllocationRules ModifyIpamPrefixListResolver ModifyLocalGatewayRoute
      ModifyNetworkInterfaceAttribute ModifySpotFleetRequest ModifyTrafficMirrorSession ModifyTransitGateway
      ModifyTransitGatewayMeteringPolicy ModifyTransitGatewayPolicyTableEntry ModifyTransitGatewayVpcAttachment
      ModifyVerifiedAccessEndpoint ModifyVerifiedAccessGroup ModifyVpcEndpoint PauseVolumeIO ProvisionIpamPoolCidr
      RegisterImage ReplaceRouteTableAssociation ReplaceTransitGatewayRoute RequestSpotFleet RequestSpotInstances
      StartInstances
    elasticache: Connect CreateCacheCluster CreateReplicationGroup CreateServerlessCache CreateSnapshot
      DeleteCacheCluster DeleteReplicationGroup DeleteServerlessCache ModifyCacheCluster ModifyReplicationGroup
      ModifyServerlessCache
    rds: CreateBlueGreenDeployment CreateDBInstance FailoverDBCluster ModifyDBCluster ModifyDBInstance
      ModifyDBSnapshot RegisterDBProxyTargets StopDBInstance
    redshift: AuthorizeSnapshotAccess CopyClusterSnapshot CreateClusterSnapshot CreateUsageLimit DeleteClusterSnapshot
      GetClusterCredentials RevokeSnapshotAccess
  `,
  2: `
    ec2: AcceptVpcPeeringConnection AssociateDhcpOptions AssociateEnclaveCertificateIamRole AssociateNatGatewayAddress
      AssociateRouteServer AssociateSecurityGroupVpc AssociateTransitGatewayPolicyTable
      AssociateTransitGatewayRouteTable AttachInternetGateway AttachNetworkInterface AttachVerifiedAccessTrustProvider
      AttachVolume AttachVpnGateway CopyImage CreateCapacityReservationCancellationQuote CreateCarrierGateway
      CreateCoipPool CreateDelegateMacVolumeOwnershipTask CreateEgressOnlyInternetGateway CreateFleet
      CreateImageUsageReport CreateInstanceConnectEndpoint CreateInstanceExportTask
      CreateIpamExternalResourceVerificationToken CreateIpamInternetRegistryAssociation CreateIpamPolicy
      CreateIpamPool CreateIpamPrefixListResolver CreateIpamPrefixListResolverTarget CreateIpamScope
      CreateLocalGatewayRouteTable CreateLocalGatewayVirtualInterfaceGroup
      CreateMacSystemIntegrityProtectionModificationTask CreateNetworkAcl CreateRouteServerPeer CreateRouteTable
      CreateSecondarySubnet CreateSnapshot CreateSubnet CreateTrafficMirrorFilterRule CreateTransitGatewayConnectPeer
      CreateTransitGatewayMeteringPolicy CreateTransitGatewayMulticastDomain CreateTransitGatewayPeeringAttachment
      CreateTransitGatewayPolicyTable CreateTransitGatewayPolicyTableEntry CreateTransitGatewayPrefixListReference
      CreateTransitGatewayRouteTable CreateVerifiedAccessEndpoint CreateVerifiedAccessGroup CreateVpcEncryptionControl
      CreateVpcEndpoint CreateVpcPeeringConnection CreateVpnConnection DeleteTrafficMirrorFilterRule
      DeleteTransitGatewayPrefixListReference DetachClassicLinkVpc DetachInternetGateway DetachNetworkInterface
      DetachVerifiedAccessTrustProvider DetachVpnGateway DisableRouteServerPropagation DisableVgwRoutePropagation
      DisassociateEnclaveCertificateIamRole DisassociateNatGatewayAddress DisassociateRouteServer
      DisassociateTransitGatewayPolicyTable DisassociateTransitGatewayRouteTable EnableRouteServerPropagation
      EnableVgwRoutePropagation ExportImage ImportImage ImportInstance ImportSnapshot ModifySecurityGroupRules
      ModifyTrafficMirrorFilterRule ModifyTransitGatewayPrefixListReference ProvisionPublicIpv4PoolCidr
      RegisterTransitGatewayMulticastGroupMembers RegisterTransitGatewayMulticastGroupSources
      ReplaceNetworkAclAssociation StartNetworkInsightsAccessScopeAnalysis StartNetworkInsightsAnalysis
    ecs: ContinueServiceDeployment ExecuteCommand PutSystemLogEvents StopServiceDeployment
    elasticache: CreateGlobalReplicationGroup CreateServerlessCacheSnapshot CreateUserGroup ModifyUserGroup
    rds: CreateDBClusterEndpoint CreateDBClusterSnapshot CreateDBProxyEndpoint CreateDBShardGroup CreateDBSnapshot
      CreateGlobalCluster CreateIntegration CreateTenantDatabase DeleteDBCluster DeleteTenantDatabase
      FailoverGlobalCluster ModifyTenantDatabase RemoveFromGlobalCluster StartDBInstanceAutomatedBackupsReplication
      SwitchoverGlobalCluster
    redshift: AuthorizeClusterSecurityGroupIngress RestoreFromClusterSnapshot RestoreTableFromClusterSnapshot
      RevokeClusterSecurityGroupIngress
  `,
  3: `
    ec2: ApplySecurityGroupsToClientVpnTargetNetwork AssociateIpamResourceDiscovery
      AssociateTransitGatewayMulticastDomain AttachClassicLinkVpc CreateImage
      CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation CreateLocalGatewayRouteTableVpcAssociation
      CreateLocalGatewayVirtualInterface CreateReplaceRootVolumeTask CreateRouteServerEndpoint CreateSnapshots
      CreateTransitGatewayRouteTableAnnouncement DisassociateTransitGatewayMulticastDomain
  `,
  4: `
    ec2: CreateTrafficMirrorSession CreateTransitGatewayVpcAttachment
    rds: CreateDBCluster DeregisterDBProxyTargets RestoreDBClusterFromS3 RestoreDBClusterFromSnapshot
      RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot RestoreDBInstanceFromS3
      RestoreDBInstanceToPointInTime
  `,
  5: `
    ec2: RunInstances
    rds: CreateDBInstanceReadReplica
  `,
};

let counts: ReadonlyMap<string, number> | undefined;

/** Zero for an action that takes one of several kinds, as most do. */
export const requiredResources = (name: string): number => (counts ??= readCounts()).get(name) ?? 0;

/** Every action that is listed. */
export const actionsWithRequired = (): readonly string[] => [...(counts ??= readCounts()).keys()];

const readCounts = (): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(BY_COUNT).flatMap(([count, list]) => namesIn(list).map((name) => [name, Number(count)] as const)),
  );
