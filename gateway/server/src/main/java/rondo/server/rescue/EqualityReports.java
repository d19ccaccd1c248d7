package rondo.server.rescue;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.layout.RescuePlan;
import rondo.ring.membership.Rescue;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.repair.EqualTimes;
import rondo.ring.value.NodeId;

/** Asks the nodes that are left until when they had all that the dead had. */
final class EqualityReports {
  private static final Logger LOG = LoggerFactory.getLogger(EqualityReports.class);

  private EqualityReports() {}

  /**
   * The times of all that are left, laid over each other. A node that doesn't answer adds nothing,
   * and the result is more careful then.
   */
  static EqualTimes of(RescuePlan plan, Rescue rescue) {
    var all = new EqualTimes();
    var ask = new Request.ReportEqualTimes(plan.layout().epoch());
    Map<NodeId, Reply> answers = rescue.ask(plan, ask, Reply.Equality.class::isInstance);
    for (NodeId node : plan.survivors()) {
      if (answers.get(node) instanceof Reply.Equality(var times)) {
        all.add(times, plan.layout().ring().most());
      } else {
        LOG.info("{} doesn't tell until when it had what the dead had", node);
      }
    }
    return all;
  }
}
