package main

import (
	"bytes"
	"crypto/tls"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Every checksum of minio-go, in the order of its list.
var sums = []minio.ChecksumType{
	minio.ChecksumCRC32, minio.ChecksumCRC32C, minio.ChecksumCRC64NVME, minio.ChecksumSHA1, minio.ChecksumSHA256,
	minio.ChecksumMD5, minio.ChecksumSHA512, minio.ChecksumXXHash64, minio.ChecksumXXHash3, minio.ChecksumXXHash128,
}

func tryMinio(endpoint, bucket string) {
	at := must(url.Parse(endpoint))
	http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	m := must(minio.New(at.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), ""),
		Secure: at.Scheme == "https", Region: "us-east-1", TrailingHeaders: true, Transport: http.DefaultTransport,
	}))
	done(m.MakeBucket(ctx, bucket, minio.MakeBucketOptions{}))
	defer func() {
		done(m.RemoveBucketWithOptions(ctx, bucket, minio.RemoveBucketOptions{}))
	}()
	minioChecksums(m, bucket)
	minioParts(m, bucket)
	minioSigned(m, bucket)
	minioCopies(m, bucket)
	minioVersions(m, bucket)
}

// Small objects carry their checksum in a trailer: signed pieces without TLS, unsigned ones with it.
func minioChecksums(m *minio.Client, bucket string) {
	for _, size := range []int{1, 70_000} {
		body := noise(int64(size), size)
		for _, sum := range sums {
			put := minio.PutObjectOptions{Checksum: sum, UserMetadata: map[string]string{"Sum": sum.String()}}
			must(m.PutObject(ctx, bucket, "sum", bytes.NewReader(body), int64(size), put))
			told := must(m.StatObject(ctx, bucket, "sum", minio.StatObjectOptions{Checksum: true}))
			kept := told.Checksum(sum)
			expected := sum.ChecksumBytes(body)
			check(kept == expected.Encoded(), sum, size, "was kept as", kept)
			check(told.UserMetadata["Sum"] == sum.String(), sum, told.UserMetadata)
			check(bytes.Equal(minioGet(m, bucket, "sum"), body), sum, size, "came back differently")
		}
	}
	minioRemove(m, bucket)
}

func minioParts(m *minio.Client, bucket string) {
	body := noise(3, 2*part+part/2)
	for _, sum := range append(sums[:5:5], minio.ChecksumFullObjectCRC32, minio.ChecksumFullObjectCRC32C) {
		put := minio.PutObjectOptions{Checksum: sum, PartSize: part}
		must(m.PutObject(ctx, bucket, "parts", bytes.NewReader(body), int64(len(body)), put))
		told := must(m.GetObjectAttributes(ctx, bucket, "parts", minio.ObjectAttributesOptions{MaxParts: 2}))
		check(told.ObjectSize == len(body) && told.ObjectParts.PartsCount == 3, sum, told)
		full := sum.FullObjectRequested() || sum == minio.ChecksumCRC64NVME
		kept, expected := told.ChecksumMap()[sum.Key()], sum.ChecksumBytes(body)
		check(!full || kept == expected.Encoded(), sum, "of the whole was kept as", kept)
		check(told.ETag != "" && told.StorageClass == "STANDARD", sum, told)
		check(full || len(told.ObjectParts.Parts) == 2 && told.ObjectParts.IsTruncated, sum, told.ObjectParts)
	}
	check(bytes.Equal(minioGet(m, bucket, "parts"), body), "parts came back differently")
	// Of unknown length, and in parts that are sent side by side.
	put := minio.PutObjectOptions{PartSize: part, ConcurrentStreamParts: true, NumThreads: 3}
	must(m.PutObject(ctx, bucket, "stream", io.MultiReader(bytes.NewReader(body)), -1, put))
	check(bytes.Equal(minioGet(m, bucket, "stream"), body), "a stream came back differently")
	minioRemove(m, bucket)
}

func minioSigned(m *minio.Client, bucket string) {
	body := []byte("signed")
	header := http.Header{"X-Amz-Meta-Note": {"one two"}, "X-Amz-Tagging": {"k=v"}, "Content-Type": {"x/y"}}
	address := must(m.PresignHeader(ctx, "PUT", bucket, "signed", time.Minute, nil, header))
	status, _ := send("PUT", address.String(), nil, body)
	check(status == 403, "signed headers were left out, and the answer was", status)
	status, answer := send("PUT", address.String(), header, body)
	check(status == 200, "signed headers:", status, string(answer))
	told := must(m.StatObject(ctx, bucket, "signed", minio.StatObjectOptions{}))
	check(told.UserMetadata["Note"] == "one two" && told.ContentType == "x/y", told)
	check(must(m.GetObjectTagging(ctx, bucket, "signed", minio.GetObjectTaggingOptions{})).ToMap()["k"] == "v", "tags")

	// What AWS takes from the query of a signed address.
	query := url.Values{"x-amz-meta-note": {"three"}, "x-amz-storage-class": {"STANDARD"}}
	address = must(m.Presign(ctx, "PUT", bucket, "query", time.Minute, query))
	status, answer = send("PUT", address.String(), nil, body)
	check(status == 200, "signed parameters:", status, string(answer))
	told = must(m.StatObject(ctx, bucket, "query", minio.StatObjectOptions{}))
	check(told.UserMetadata["Note"] == "three", told)
	query = url.Values{"response-content-disposition": {`attachment; filename="a b"`}}
	address = must(m.PresignedGetObject(ctx, bucket, "query", time.Minute, query))
	status, answer = send("GET", address.String(), nil, nil)
	check(status == 200 && bytes.Equal(answer, body), status, string(answer))

	minioForm(m, bucket)
	minioRemove(m, bucket)
}

func minioForm(m *minio.Client, bucket string) {
	policy := minio.NewPostPolicy()
	done(policy.SetBucket(bucket))
	done(policy.SetKeyStartsWith("form/"))
	done(policy.SetExpires(time.Now().Add(time.Minute)))
	done(policy.SetContentTypeStartsWith("text/"))
	done(policy.SetContentLengthRange(1, 1000))
	done(policy.SetUserMetadata("note", "four"))
	done(policy.SetTagging("<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>"))
	sum := minio.ChecksumCRC32C.ChecksumBytes([]byte("posted"))
	done(policy.SetChecksum(sum))
	address, fields, err := m.PresignedPostPolicy(ctx, policy)
	done(err)
	fields["key"], fields["Content-Type"] = "form/${filename}", "text/plain"
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	for name, value := range fields {
		done(writer.WriteField(name, value))
	}
	must(must(writer.CreateFormFile("file", "a+b.txt")).Write([]byte("posted")))
	done(writer.Close())
	status, answer := send("POST", address.String(), http.Header{"Content-Type": {writer.FormDataContentType()}}, form.Bytes())
	check(status == 204, "a form:", status, string(answer))
	told := must(m.StatObject(ctx, bucket, "form/a+b.txt", minio.StatObjectOptions{Checksum: true}))
	check(told.UserMetadata["Note"] == "four" && told.ChecksumCRC32C == sum.Encoded() && told.UserTagCount == 1, told)
}

func minioCopies(m *minio.Client, bucket string) {
	body := noise(4, part+1)
	put := minio.PutObjectOptions{UserMetadata: map[string]string{"Note": "one"}, UserTags: map[string]string{"a": "b"}}
	must(m.PutObject(ctx, bucket, "from +%41", bytes.NewReader(body), int64(len(body)), put))
	from := minio.CopySrcOptions{Bucket: bucket, Object: "from +%41"}
	must(m.CopyObject(ctx, minio.CopyDestOptions{Bucket: bucket, Object: "same"}, from))
	told := must(m.StatObject(ctx, bucket, "same", minio.StatObjectOptions{}))
	check(told.UserMetadata["Note"] == "one" && told.UserTagCount == 1, told)
	to := minio.CopyDestOptions{Bucket: bucket, Object: "other", ReplaceMetadata: true, ReplaceTags: true,
		UserMetadata: map[string]string{"note": "two"}, UserTags: map[string]string{"c": "d e"}}
	must(m.CopyObject(ctx, to, from))
	told = must(m.StatObject(ctx, bucket, "other", minio.StatObjectOptions{}))
	tags := must(m.GetObjectTagging(ctx, bucket, "other", minio.GetObjectTaggingOptions{})).ToMap()
	check(told.UserMetadata["Note"] == "two" && len(tags) == 1 && tags["c"] == "d e", told, tags)
	end := minio.CopySrcOptions{Bucket: bucket, Object: "from +%41", MatchRange: true, Start: 7, End: 99}
	must(m.ComposeObject(ctx, minio.CopyDestOptions{Bucket: bucket, Object: "composed"}, from, end))
	whole := append(append([]byte{}, body...), body[7:100]...)
	check(bytes.Equal(minioGet(m, bucket, "composed"), whole), "a composed object differs")
	minioRemove(m, bucket)
}

// Versions and markers come by key, newest first, and are removed many at a time.
func minioVersions(m *minio.Client, bucket string) {
	done(m.EnableVersioning(ctx, bucket))
	for _, key := range []string{"a", "b", "a", "b"} {
		must(m.PutObject(ctx, bucket, key, strings.NewReader(key), 1, minio.PutObjectOptions{}))
		done(m.RemoveObject(ctx, bucket, key, minio.RemoveObjectOptions{}))
	}
	var order []string
	for one := range m.ListObjects(ctx, bucket, minio.ListObjectsOptions{WithVersions: true, MaxKeys: 3}) {
		done(one.Err)
		kind := "-put"
		if one.IsDeleteMarker {
			kind = "-gone"
		}
		check(one.IsLatest == (len(order)%4 == 0), one)
		order = append(order, one.Key+kind)
	}
	check(strings.Join(order, " ") == "a-gone a-put a-gone a-put b-gone b-put b-gone b-put", order)
	minioRemove(m, bucket)
}

func minioGet(m *minio.Client, bucket, key string) []byte {
	return must(io.ReadAll(must(m.GetObject(ctx, bucket, key, minio.GetObjectOptions{Checksum: true}))))
}

func minioRemove(m *minio.Client, bucket string) {
	all := m.ListObjects(ctx, bucket, minio.ListObjectsOptions{WithVersions: true, Recursive: true})
	for one := range m.RemoveObjects(ctx, bucket, all, minio.RemoveObjectsOptions{}) {
		fail(one)
	}
}
