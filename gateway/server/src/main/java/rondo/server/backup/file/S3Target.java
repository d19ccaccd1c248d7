package rondo.server.backup.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.Xml;
import rondo.s3.xml.XmlElement;
import rondo.store.system.SystemPorts;

/** A bucket of any S3 endpoint, or a prefix in it. The bucket must exist. Thread-safe. */
public final class S3Target implements BackupTarget {
  public static final String SCHEME = "s3://";

  private static final Pattern PLACE = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61})(?:/(.*))?");
  private static final byte[] NOTHING = {};

  private final S3Calls calls;
  private final String bucket;
  private final String prefix;

  private S3Target(S3Calls calls, String bucket, String prefix) {
    this.calls = calls;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * @param place {@code s3://BUCKET/PREFIX}, or without a prefix
   * @throws BackupException when it has no such form, or there are no credentials
   */
  public static S3Target of(String place, S3Access access) {
    Matcher found = PLACE.matcher(place);
    if (!found.matches()) {
      throw new BackupException("name a target in S3 as s3://BUCKET/PREFIX, and not " + place);
    }
    if (access.accessKey().isEmpty() || access.secretKey().isEmpty()) {
      throw new BackupException("a target in S3 needs an access key and its secret key");
    }
    String prefix = Objects.requireNonNullElse(found.group(2), "");
    return new S3Target(
        new S3Calls(access, SystemPorts.TASKS, SystemPorts.TIME),
        found.group(1),
        prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
  }

  @Override
  public void write(String name, byte[] content) {
    S3Calls.Answer answer = calls.send("PUT", path(name), "", content);
    if (!answer.isGood()) {
      throw refused("write", name, answer);
    }
  }

  @Override
  public byte @Nullable [] read(String name) {
    S3Calls.Answer answer = calls.send("GET", path(name), "", NOTHING);
    if (answer.isGood()) {
      return answer.body;
    }
    if (answer.code.equals("NoSuchKey")) {
      return null;
    }
    throw refused("read", name, answer);
  }

  @Override
  public List<Stored> find(String begin) {
    var found = new ArrayList<Stored>();
    list(
        begin,
        "",
        page -> {
          for (XmlElement object : page.all("Contents")) {
            String key = text(object, "Key");
            if (key.startsWith(prefix + begin)) {
              found.add(new Stored(key.substring(prefix.length()), size(object)));
            }
          }
        });
    return found;
  }

  @Override
  public List<String> folders(String folder) {
    String in = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    var found = new ArrayList<String>();
    list(
        in,
        "/",
        page -> {
          for (XmlElement common : page.all("CommonPrefixes")) {
            String name = text(common, "Prefix");
            if (name.startsWith(prefix + in) && name.endsWith("/")) {
              found.add(name.substring(prefix.length() + in.length(), name.length() - 1));
            }
          }
        });
    return found;
  }

  /** Reads all pages of a listing; one that comes again ends it, as it would go on for ever. */
  private void list(String begin, String delimiter, Consumer<XmlElement> pages) {
    Set<String> seen = new HashSet<>();
    String token = "";
    do {
      // The parameters are in the order in which they are signed.
      String query =
          (token.isEmpty() ? "" : "continuation-token=" + encoded(token) + "&")
              + (delimiter.isEmpty() ? "" : "delimiter=" + encoded(delimiter) + "&")
              + "list-type=2&prefix="
              + encoded(prefix + begin);
      S3Calls.Answer answer = calls.send("GET", "/" + bucket, query, NOTHING);
      if (!answer.isGood()) {
        throw refused("list", begin, answer);
      }
      XmlElement page = document(answer.body);
      pages.accept(page);
      token = text(page, "IsTruncated").equals("true") ? text(page, "NextContinuationToken") : "";
      if (!token.isEmpty() && !seen.add(token)) {
        throw new BackupException(this + " gives the same page of a listing again and again");
      }
    } while (!token.isEmpty());
  }

  private XmlElement document(byte[] body) {
    try {
      XmlElement document = Xml.tree(body);
      if (document.name().equals("ListBucketResult")) {
        return document;
      }
    } catch (S3Exception e) {
      throw new BackupException(this + " answers a listing with something else", e);
    }
    throw new BackupException(this + " answers a listing with something else");
  }

  private static String text(XmlElement element, String child) {
    return Objects.requireNonNullElse(element.text(child), "");
  }

  private long size(XmlElement object) {
    String size = text(object, "Size");
    if (!size.matches("[0-9]{1,18}")) {
      throw new BackupException(this + " lists an object of no size");
    }
    return Long.parseLong(size);
  }

  private BackupException refused(String what, String name, S3Calls.Answer answer) {
    String why =
        switch (answer.code) {
          case "NoSuchBucket" -> "there is no such bucket: make it first";
          case "AccessDenied" -> "the access key may not";
          case "InvalidAccessKeyId", "SignatureDoesNotMatch" -> "its credentials are wrong";
          case "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage" -> "it is full";
          default -> "it answers %d %s".formatted(answer.status, answer.code).strip();
        };
    return new BackupException("can't %s %s in %s: %s".formatted(what, name, this, why));
  }

  private String path(String name) {
    byte[] key = (prefix + name).getBytes(StandardCharsets.UTF_8);
    return "/" + bucket + "/" + PercentCoding.encode(key, true);
  }

  private static String encoded(String text) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false);
  }

  @Override
  public String toString() {
    return "%s%s/%s at %s".formatted(SCHEME, bucket, prefix, calls);
  }
}
