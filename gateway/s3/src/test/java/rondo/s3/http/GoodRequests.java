package rondo.s3.http;

/** Valid requests, one for each operation: method, target and document. */
final class GoodRequests {
  static final String LINES =
      """
      PUT /bucket
      HEAD /bucket
      DELETE /bucket
      GET /bucket?location
      GET /bucket?versioning
      PUT /bucket?versioning <VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>
      GET /bucket?tagging
      PUT /bucket?tagging <Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>
      DELETE /bucket?tagging
      GET /v20180820/tags/arn:aws:s3:::bucket
      POST /v20180820/tags/arn:aws:s3:::bucket <TagResourceRequest><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></TagResourceRequest>
      DELETE /v20180820/tags/arn:aws:s3:::bucket?tagKeys=a
      GET /bucket?abac
      PUT /bucket?abac <AbacStatus><Status>Disabled</Status></AbacStatus>
      GET /bucket?lifecycle
      PUT /bucket?lifecycle <LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>
      DELETE /bucket?lifecycle
      GET /bucket?encryption
      PUT /bucket?encryption <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>
      DELETE /bucket?encryption
      GET /bucket?cors
      PUT /bucket?cors <CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>
      DELETE /bucket?cors
      GET /bucket?object-lock
      PUT /bucket?object-lock <ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>
      GET /bucket/key?retention
      PUT /bucket/key?retention <Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2100-01-01T00:00:00Z</RetainUntilDate></Retention>
      GET /bucket/key?legal-hold
      PUT /bucket/key?legal-hold <LegalHold><Status>ON</Status></LegalHold>
      GET /bucket?accelerate
      GET /bucket?notification
      GET /bucket?replication
      GET /bucket?analytics
      GET /bucket?inventory
      GET /bucket?metrics
      GET /bucket?intelligent-tiering
      GET /bucket?website
      PUT /bucket?website <WebsiteConfiguration><IndexDocument><Suffix>i</Suffix></IndexDocument></WebsiteConfiguration>
      DELETE /bucket?website
      GET /bucket?requestPayment
      PUT /bucket?requestPayment <RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>
      GET /bucket?logging
      PUT /bucket?logging <BucketLoggingStatus><LoggingEnabled><TargetBucket>bucket</TargetBucket><TargetPrefix>p</TargetPrefix></LoggingEnabled></BucketLoggingStatus>
      GET /bucket?acl
      PUT /bucket?acl <AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList></AccessControlList></AccessControlPolicy>
      GET /bucket/key?acl
      PUT /bucket/key?acl <AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList></AccessControlList></AccessControlPolicy>
      GET /bucket?policy
      PUT /bucket?policy {"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]}
      DELETE /bucket?policy
      GET /bucket?policyStatus
      GET /bucket?publicAccessBlock
      PUT /bucket?publicAccessBlock <PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>
      DELETE /bucket?publicAccessBlock
      GET /bucket?ownershipControls
      PUT /bucket?ownershipControls <OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>
      DELETE /bucket?ownershipControls
      GET /bucket
      GET /bucket?list-type=2
      GET /bucket?versions
      GET /bucket?uploads
      POST /bucket?delete <Delete><Object><Key>key</Key></Object></Delete>
      PUT /bucket/new
      PUT /bucket/copy
      PUT /bucket/renamed?renameObject
      GET /bucket/key
      HEAD /bucket/key
      DELETE /bucket/key
      POST /bucket/key?restore <RestoreRequest><Days>1</Days></RestoreRequest>
      GET /bucket/key?attributes
      GET /bucket/key?tagging
      PUT /bucket/key?tagging <Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>
      DELETE /bucket/key?tagging
      POST /bucket/key?uploads
      PUT /bucket/key?partNumber=1&uploadId=UPLOAD
      PUT /bucket/copy?partNumber=1&uploadId=UPLOAD
      POST /bucket/key?uploadId=UPLOAD <CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part></CompleteMultipartUpload>
      DELETE /bucket/key?uploadId=UPLOAD
      GET /bucket/key?uploadId=UPLOAD
      """;

  private GoodRequests() {}
}
