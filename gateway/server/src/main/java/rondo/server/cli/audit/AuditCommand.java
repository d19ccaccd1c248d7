package rondo.server.cli.audit;

import picocli.CommandLine.Command;

/** Reads the audit logs of a cluster's nodes. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Shows and verifies who changed what: the audit logs of all nodes.",
    subcommands = {AuditShowCommand.class, AuditTailCommand.class, AuditVerifyCommand.class})
public final class AuditCommand {
  private AuditCommand() {}
}
