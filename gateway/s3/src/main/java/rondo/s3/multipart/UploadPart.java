package rondo.s3.multipart;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.Segment;
import rondo.s3.access.S3Store;
import rondo.s3.body.BodyClaims;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.object.BodyReceiver;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.blob.BlobWriter;

/** UploadPart: makes the data durable, then writes the row of the part. Thread-safe. */
public final class UploadPart {
  private final S3Store store;
  private final BodyReceiver receiver;

  public UploadPart(S3Store store, BodyReceiver receiver) {
    this.store = store;
    this.receiver = receiver;
  }

  public S3Response answer(S3Request request) {
    PartRequest part = PartRequest.of(store, request);
    ChecksumPlan plan = ChecksumPlan.of(part.upload().row());
    ObjectEncryption sealing = store.encryption().part(request, part.upload().row());
    BodyClaims claims = BodyReceiver.claims(request, plan.ofParts()).and(plan.ofParts());
    store.quotas().require(part.upload().bucket(), claims.length());
    plan.check(claims.namesChecksum() ? claims.algorithm() : null);
    BodyReceiver.ReceivedBody received =
        receiver.in(part.upload().bucket()).receive(request, claims, part.owner(), sealing);
    PartRow.Builder row =
        PartRow.newBuilder()
            .setModifiedMicros(store.rows().wallMicros())
            .setSize(received.digested().sizeBytes())
            .setEtag(sealing.etag(received.digested().etag()));
    if (received.sealed() != null) {
      row.setSealed(received.sealed());
    }
    row.setChecksum(plan.ofPart(received.digested()));
    Segment segment = segment(received, part);
    if (segment != null) {
      row.addSegments(segment);
    }
    store.uploads().put(part.upload(), part.number(), row.build());
    return S3Response.ok()
        .headers(sealing.headers())
        .header("ETag", '"' + row.getEtag() + '"')
        .header(
            Objects.requireNonNull(claims.algorithm(), "computed for every part").header(),
            received.digested().checksumBase64());
  }

  /** The part's blob. A small part gets one too, since an object's row joins segments. */
  private @Nullable Segment segment(BodyReceiver.ReceivedBody received, PartRequest part) {
    ByteString inline = received.inline();
    if (received.segment() != null || inline.isEmpty()) {
      return received.segment();
    }
    BlobWriter writer = part.blobs(store).create(part.owner().encode(), inline.size());
    writer.write(Buffer.buffer(inline.toByteArray()));
    return writer.finish();
  }
}
