package rondo.server.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a node's audit log reaches those of others. Thread-safe. */
public interface AuditPeers {
  /**
   * A member of the cluster.
   *
   * @param id of its present life, in hex
   * @param key the SHA-256 of its public key as the layout has it, in hex; empty for none
   */
  record Member(String id, String name, String key) {}

  /** The members now, this node among them; empty before it is one. */
  List<Member> members();

  /** This node's id. */
  String self();

  /**
   * Asks another node; blocks for some seconds at most.
   *
   * @return its answer; null when there is none
   */
  byte @Nullable [] ask(Member member, String call);
}
