package rondo.s3.policy;

/** Whom a statement is about. */
public sealed interface Principal {
  boolean covers(Requester requester);

  /** Anybody, signed or not. */
  record Everyone() implements Principal {
    @Override
    public boolean covers(Requester requester) {
      return !(requester instanceof Requester.Service);
    }
  }

  /** An account, with all its keys. */
  record Account(String id) implements Principal {
    @Override
    public boolean covers(Requester requester) {
      return requester instanceof Requester.Signed signed && signed.account().equals(id);
    }
  }

  /**
   * A user.
   *
   * @param account empty: of any account
   * @param name of the account, or one of its keys
   */
  record User(String account, String name) implements Principal {
    @Override
    public boolean covers(Requester requester) {
      return requester instanceof Requester.Signed signed
          && (account.isEmpty() || account.equals(signed.account()))
          && (name.equals(signed.name())
              || name.equals(signed.accessKey())
              || (account.isEmpty() && name.equals(signed.account())));
    }
  }

  /** A part of the service. */
  record Service(String name) implements Principal {
    @Override
    public boolean covers(Requester requester) {
      return requester instanceof Requester.Service service && service.name().equals(name);
    }
  }

  /**
   * Whoever is here never the one who asks: a role, a federated user.
   *
   * @param name as it was written
   */
  record Absent(String name) implements Principal {
    @Override
    public boolean covers(Requester requester) {
      return false;
    }
  }
}
