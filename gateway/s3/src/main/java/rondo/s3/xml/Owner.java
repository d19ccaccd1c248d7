package rondo.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import rondo.s3.auth.Identity;

/** An account, as documents write it. */
public record Owner(@JsonProperty("ID") String id, String displayName) {
  public static Owner of(Identity identity) {
    return new Owner(identity.accountId(), identity.displayName());
  }
}
