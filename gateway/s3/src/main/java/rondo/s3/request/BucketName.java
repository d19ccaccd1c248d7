package rondo.s3.request;

import java.util.regex.Pattern;

/** What a bucket may be called ("Bucket naming rules", Amazon S3 user guide). Pure. */
public final class BucketName {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

  private BucketName() {}

  /** The bucket as policies and answers name it. */
  public static String arn(String name) {
    return "arn:aws:s3:::" + name;
  }

  public static boolean isValid(String name) {
    return SHAPE.matcher(name).matches()
        && !name.contains("..")
        && !name.contains(".-")
        && !name.contains("-.")
        && !ADDRESS.matcher(name).matches()
        && !name.startsWith("xn--")
        && !name.startsWith("sthree-")
        && !name.startsWith("amzn-s3-demo-")
        && !name.endsWith("-s3alias")
        && !name.endsWith("--ol-s3")
        && !name.endsWith(".mrap")
        && !name.endsWith("--x-s3");
  }
}
