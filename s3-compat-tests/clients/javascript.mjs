// The AWS SDK for JavaScript against the endpoint that the first argument names: bytes, streams, parts, pages, errors.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import * as s3 from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const client = new s3.S3Client({ endpoint: process.argv[2], region: "us-east-1", forcePathStyle: true, maxAttempts: 2 });
const Bucket = `js-${randomUUID()}`;
const send = (Command, input) => client.send(new Command({ Bucket, ...input }));
const bytes = async (input) => Buffer.from(await (await send(s3.GetObjectCommand, input)).Body.transformToByteArray());

await send(s3.CreateBucketCommand, {});

const small = randomBytes(70_000);
await send(s3.PutObjectCommand, { Key: "ключ +%41", Body: small, Metadata: { note: "one" } });
assert.deepEqual(await bytes({ Key: "ключ +%41" }), small);
assert.equal((await send(s3.HeadObjectCommand, { Key: "ключ +%41" })).Metadata.note, "one");

for (const algorithm of ["CRC32", "CRC32C", "SHA1", "SHA256"]) {
  await send(s3.PutObjectCommand, { Key: algorithm, Body: small, ChecksumAlgorithm: algorithm });
  const got = await send(s3.GetObjectCommand, { Key: algorithm, ChecksumMode: "ENABLED" });
  assert.ok(got[`Checksum${algorithm}`]);
  await got.Body.transformToByteArray();
}

// A stream without a length goes in parts.
const large = randomBytes(12 << 20);
const source = Readable.from((function* () {
  for (let at = 0; at < large.length; at += 100_000) yield large.subarray(at, at + 100_000);
})());
await new Upload({ client, params: { Bucket, Key: "large", Body: source }, partSize: 5 << 20 }).done();
assert.deepEqual(await bytes({ Key: "large" }), large);
assert.deepEqual(await bytes({ Key: "large", Range: "bytes=5242870-5242890" }), large.subarray(5242870, 5242891));
await send(s3.CopyObjectCommand, { Key: "copy", CopySource: `${Bucket}/large` });

// A stream with a length goes in signed pieces or with a trailer.
const piped = Readable.from([small.subarray(0, 30_000), small.subarray(30_000)]);
await send(s3.PutObjectCommand, { Key: "piped", Body: piped, ContentLength: small.length });
assert.deepEqual(await bytes({ Key: "piped" }), small);

const keys = [];
for await (const page of s3.paginateListObjectsV2({ client, pageSize: 3 }, { Bucket })) {
  keys.push(...(page.Contents ?? []).map((entry) => entry.Key));
}
assert.deepEqual(keys, ["CRC32", "CRC32C", "SHA1", "SHA256", "copy", "large", "piped", "ключ +%41"]);

const url = await getSignedUrl(client, new s3.GetObjectCommand({ Bucket, Key: "copy" }), { expiresIn: 60 });
assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), large);
const put = await getSignedUrl(client, new s3.PutObjectCommand({ Bucket, Key: "put" }), { expiresIn: 60 });
assert.equal((await fetch(put, { method: "PUT", body: small })).status, 200);
assert.deepEqual(await bytes({ Key: "put" }), small);

await assert.rejects(send(s3.GetObjectCommand, { Key: "none" }), (error) => error instanceof s3.NoSuchKey);
await assert.rejects(send(s3.HeadObjectCommand, { Key: "none" }), (error) => error instanceof s3.NotFound);
await assert.rejects(send(s3.PutObjectCommand, { Key: "put", Body: small, IfNoneMatch: "*" }),
  (error) => error.name === "PreconditionFailed");

const Objects = [...keys, "put"].map((Key) => ({ Key }));
assert.equal((await send(s3.DeleteObjectsCommand, { Delete: { Objects } })).Deleted.length, Objects.length);
await send(s3.DeleteBucketCommand, {});
console.log("all is well");
