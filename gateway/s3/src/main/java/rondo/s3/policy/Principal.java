package rondo.s3.policy;

/** A principal that a statement names. */
public sealed interface Principal {
  boolean covers(Requester requester);

  /** Every requester, signed or anonymous, except services. */
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
   * @param account the account's id; empty for any account
   * @param name the account's name or one of its access keys
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

  /** A service, such as the one that delivers logs. */
  record Service(String name) implements Principal {
    @Override
    public boolean covers(Requester requester) {
      return requester instanceof Requester.Service service && service.name().equals(name);
    }
  }

  /**
   * A principal that no requester here ever is, such as a role or a federated user.
   *
   * @param name as the policy has it
   */
  record Absent(String name) implements Principal {
    @Override
    public boolean covers(Requester requester) {
      return false;
    }
  }
}
