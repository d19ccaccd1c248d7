package main

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	transfers "github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func trySdk(endpoint, bucket string) {
	c := s3.NewFromConfig(must(config.LoadDefaultConfig(ctx)), func(o *s3.Options) {
		o.BaseEndpoint, o.UsePathStyle, o.RetryMaxAttempts = &endpoint, true, 2
	})
	must(c.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &bucket}))
	sdkChecksums(c, &bucket)
	sdkSigned(c, &bucket)
	sdkTransfers(c, &bucket)
	sdkManager(c, &bucket)
	sdkConditions(c, &bucket)
	sdkVersions(c, &bucket)
	must(c.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &bucket}))
}

// refused holds that a call is refused with a code.
func refused[T any](_ T, err error) func(code string) {
	return func(code string) {
		var told smithy.APIError
		check(errors.As(err, &told) && told.ErrorCode() == code, "not refused with", code, "but", err)
	}
}

func sdkChecksums(c *s3.Client, bucket *string) {
	body, key := noise(1, 70_000), aws.String("ключ +%41")
	for _, sum := range []types.ChecksumAlgorithm{"CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"} {
		must(c.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: key, Body: bytes.NewReader(body), ChecksumAlgorithm: sum}))
		got := must(c.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key, ChecksumMode: "ENABLED"}))
		check(bytes.Equal(must(io.ReadAll(got.Body)), body) && got.ChecksumType == "FULL_OBJECT", sum, got)
		// Each attribute comes in a header line of its own.
		told := must(c.GetObjectAttributes(ctx, &s3.GetObjectAttributesInput{Bucket: bucket, Key: key,
			ObjectAttributes: types.ObjectAttributesEtag.Values()}))
		check(*told.ETag != "" && *told.ObjectSize == 70_000 && told.StorageClass == "STANDARD", sum, told)
		sums := told.Checksum
		for algorithm, kept := range map[types.ChecksumAlgorithm]*string{"CRC32": sums.ChecksumCRC32, "SHA1": sums.ChecksumSHA1,
			"CRC32C": sums.ChecksumCRC32C, "CRC64NVME": sums.ChecksumCRC64NVME, "SHA256": sums.ChecksumSHA256} {
			check((kept != nil) == (algorithm == sum), sum, sums)
		}
	}
	sdkRemove(c, bucket)
}

// The presigner puts what it can into the query.
func sdkSigned(c *s3.Client, bucket *string) {
	presign, key := s3.NewPresignClient(c), aws.String("signed +%41")
	put := &s3.PutObjectInput{Bucket: bucket, Key: key, Metadata: map[string]string{"note": "one two"},
		Tagging: aws.String("k=v&l=w"), IfNoneMatch: aws.String("*"), ContentType: aws.String("x/y"),
		CacheControl: aws.String("max-age=9"), ContentDisposition: aws.String("inline"), StorageClass: "STANDARD",
		ServerSideEncryption: "AES256", ChecksumAlgorithm: "CRC32", ChecksumCRC32: aws.String("AAAAAA==")}
	signed := must(presign.PresignPutObject(ctx, put))
	status, answer := send("PUT", signed.URL, signed.SignedHeader, []byte("another sum"))
	check(status == 400 && strings.Contains(string(answer), "BadDigest"), status, string(answer))
	put.ChecksumCRC32, put.ChecksumAlgorithm = nil, ""
	signed = must(presign.PresignPutObject(ctx, put))
	status, answer = send("PUT", signed.URL, signed.SignedHeader, []byte("body"))
	check(status == 200, "presigned:", status, string(answer), signed.URL)
	told := must(c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: bucket, Key: key}))
	check(told.Metadata["note"] == "one two" && *told.ContentType == "x/y" && *told.CacheControl == "max-age=9" &&
		*told.ContentDisposition == "inline" && told.ServerSideEncryption == "AES256" && *told.TagCount == 2,
		told.Metadata, signed.URL)
	status, answer = send("PUT", signed.URL, signed.SignedHeader, []byte("again"))
	check(status == 412, "a presigned condition:", status, string(answer))
	signed.SignedHeader.Del("Content-Type")
	status, _ = send("PUT", signed.URL, signed.SignedHeader, []byte("again"))
	check(status == 403 || status == 412, "without a signed header:", status)

	get := must(presign.PresignGetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key, Range: aws.String("bytes=1-2"),
		ResponseContentType: aws.String("a/b"), IfMatch: told.ETag}, s3.WithPresignExpires(time.Minute)))
	status, answer = send("GET", get.URL, get.SignedHeader, nil)
	check(status == 206 && string(answer) == "od", status, string(answer), get.URL)
	head := must(presign.PresignHeadObject(ctx, &s3.HeadObjectInput{Bucket: bucket, Key: key}))
	status, _ = send("HEAD", head.URL, head.SignedHeader, nil)
	check(status == 200, status)
	started := must(c.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: bucket, Key: key}))
	part := must(presign.PresignUploadPart(ctx, &s3.UploadPartInput{Bucket: bucket, Key: key, UploadId: started.UploadId,
		PartNumber: aws.Int32(1)}))
	status, answer = send("PUT", part.URL, part.SignedHeader, []byte("a part"))
	check(status == 200, status, string(answer))
	must(c.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: bucket, Key: key, UploadId: started.UploadId}))
	gone := must(presign.PresignDeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: key}))
	status, _ = send("DELETE", gone.URL, gone.SignedHeader, nil)
	check(status == 204, status)
}

func sdkTransfers(c *s3.Client, bucket *string) {
	body := noise(2, 2*part+7)
	for sum, kind := range map[transfers.ChecksumAlgorithm]transfers.GetObjectType{"CRC32": transfers.GetObjectParts,
		"SHA256": transfers.GetObjectRanges, "CRC64NVME": transfers.GetObjectParts} {
		t := transfermanager.New(c, func(o *transfermanager.Options) {
			o.PartSizeBytes, o.MultipartUploadThreshold, o.GetObjectType = part, part, kind
		})
		key := aws.String(string(sum))
		must(t.UploadObject(ctx, &transfermanager.UploadObjectInput{Bucket: bucket, Key: key, ChecksumAlgorithm: sum,
			Body: bytes.NewReader(body), Metadata: map[string]string{"note": "three"}}))
		back := make([]byte, len(body))
		told := must(t.DownloadObject(ctx, &transfermanager.DownloadObjectInput{Bucket: bucket, Key: key,
			WriterAt: transferWriter(back), ChecksumMode: "ENABLED"}))
		check(bytes.Equal(back, body) && told.Metadata["note"] == "three", sum, told)
		got := must(t.GetObject(ctx, &transfermanager.GetObjectInput{Bucket: bucket, Key: key}))
		check(bytes.Equal(must(io.ReadAll(got.Body)), body), sum)
		sdkParts(c, bucket, key, sum)
	}
	sdkRemove(c, bucket)
}

func sdkParts(c *s3.Client, bucket, key *string, sum transfers.ChecksumAlgorithm) {
	told := must(c.GetObjectAttributes(ctx, &s3.GetObjectAttributesInput{Bucket: bucket, Key: key, MaxParts: aws.Int32(2),
		ObjectAttributes: types.ObjectAttributesEtag.Values()}))
	check(strings.HasSuffix(*told.ETag, "-3") && *told.ObjectParts.TotalPartsCount == 3, *key, *told.ETag, told.ObjectParts)
	if sum == "SHA256" {
		check(told.Checksum.ChecksumType == "COMPOSITE" && *told.Checksum.ChecksumSHA256 != "", told.Checksum)
		check(len(told.ObjectParts.Parts) == 2 && *told.ObjectParts.IsTruncated && *told.ObjectParts.Parts[1].Size == part &&
			told.ObjectParts.Parts[1].ChecksumSHA256 != nil, told.ObjectParts)
	} else if sum == "CRC64NVME" {
		check(told.Checksum.ChecksumType == "FULL_OBJECT", told.Checksum)
	}
}

type transferWriter []byte

func (w transferWriter) WriteAt(bytes []byte, at int64) (int, error) {
	return copy(w[at:], bytes), nil
}

// The older transfer manager, which most programs have.
func sdkManager(c *s3.Client, bucket *string) {
	body, key := noise(3, part+7), aws.String("managed")
	done := must(manager.NewUploader(c).Upload(ctx, &s3.PutObjectInput{Bucket: bucket, Key: key,
		Body: io.MultiReader(bytes.NewReader(body)), ChecksumAlgorithm: "CRC32C"}))
	check(must(url.PathUnescape(done.Location)) != "" && len(done.CompletedParts) == 2, done)
	back := manager.NewWriteAtBuffer(nil)
	must(manager.NewDownloader(c).Download(ctx, back, &s3.GetObjectInput{Bucket: bucket, Key: key}))
	check(bytes.Equal(back.Bytes(), body), "the manager's bytes came back differently")
	found := must(manager.GetBucketRegion(ctx, c, *bucket))
	check(found == "us-east-1", "the region of a bucket:", found)
	sdkRemove(c, bucket)
}

func sdkConditions(c *s3.Client, bucket *string) {
	key, body := aws.String("conditions"), strings.NewReader("one")
	put := must(c.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: key, Body: body, IfNoneMatch: aws.String("*")}))
	refused(c.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: key, IfNoneMatch: aws.String("*")}))("PreconditionFailed")
	refused(c.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: aws.String("none"), IfMatch: put.ETag}))("NoSuchKey")
	from := aws.String(*bucket + "/conditions")
	refused(c.CopyObject(ctx, &s3.CopyObjectInput{Bucket: bucket, Key: key, CopySource: from, MetadataDirective: "REPLACE",
		IfNoneMatch: aws.String("*")}))("PreconditionFailed")
	must(c.CopyObject(ctx, &s3.CopyObjectInput{Bucket: bucket, Key: key, CopySource: from, MetadataDirective: "REPLACE",
		IfMatch: put.ETag, Metadata: map[string]string{"note": "four"}}))
	refused(c.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key, IfNoneMatch: put.ETag}))("NotModified")
	refused(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: key, IfMatch: aws.String(`"none"`)}))("PreconditionFailed")
	must(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: key, IfMatch: put.ETag}))
	refused(c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: bucket, Key: key}))("NotFound")
	var missing *types.NoSuchKey
	_, err := c.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key})
	check(errors.As(err, &missing), err)
}

func sdkVersions(c *s3.Client, bucket *string) {
	must(c.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: bucket,
		VersioningConfiguration: &types.VersioningConfiguration{Status: "Enabled"}}))
	for _, key := range []string{"a", "b", "a", "b"} {
		must(c.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: &key, Body: strings.NewReader(key)}))
		must(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: &key}))
	}
	var versions, markers int
	pages := s3.NewListObjectVersionsPaginator(c, &s3.ListObjectVersionsInput{Bucket: bucket, MaxKeys: aws.Int32(3)})
	for pages.HasMorePages() {
		page := must(pages.NextPage(ctx))
		check(len(page.Versions)+len(page.DeleteMarkers) <= 3, page)
		versions, markers = versions+len(page.Versions), markers+len(page.DeleteMarkers)
	}
	check(versions == 4 && markers == 4, versions, markers)
	sdkRemove(c, bucket)
}

func sdkRemove(c *s3.Client, bucket *string) {
	var gone []types.ObjectIdentifier
	told := must(c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: bucket}))
	for _, one := range told.Versions {
		gone = append(gone, types.ObjectIdentifier{Key: one.Key, VersionId: one.VersionId})
	}
	for _, one := range told.DeleteMarkers {
		gone = append(gone, types.ObjectIdentifier{Key: one.Key, VersionId: one.VersionId})
	}
	removed := must(c.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: bucket, Delete: &types.Delete{Objects: gone}}))
	check(len(removed.Errors) == 0 && len(removed.Deleted) == len(gone), removed)
}
