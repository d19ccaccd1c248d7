package rondo.server.cli.admin;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import rondo.s3.error.PercentCoding;
import rondo.server.cli.alias.Alias;
import rondo.server.cli.alias.AliasFile;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;
import rondo.server.storage.RootCredentials;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Calls a node's admin API as root, or as a user with a role, and shows its answers: in words, or
 * with {@code --json} as the node gave them. Holds the options that such commands share.
 */
public final class AdminClient {
  private static final HostPort USUAL = new HostPort("127.0.0.1", 9001);
  private static final Path USUAL_CREDENTIALS = Path.of("./rondo-data/root-credentials");

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description =
          "The cluster that 'rondo alias set' has named. Without it and --admin the default alias,"
              + " if there is one.")
  @Nullable String alias;

  @Mixin AliasFile aliases = new AliasFile();

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      description = "A node's admin port. Default: that of the alias, or 127.0.0.1:9001")
  @Nullable HostPort admin;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "The certificates (PEM) that vouch for the node's: the admin port is asked over TLS."
              + " Without it, one of this machine is asked over plain HTTP, and any other over TLS,"
              + " by the certificates that Java trusts.")
  @Nullable Path ca;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "The credentials of root or of a user with a role, access_key=... and secret_key=...,"
              + " unless RONDO_ROOT_ACCESS_KEY and RONDO_ROOT_SECRET_KEY are set. Default: those of"
              + " the alias, or ./rondo-data/root-credentials")
  @Nullable Path credentials;

  @Option(names = "--json", description = "Shows the node's answer as JSON.")
  boolean json;

  /**
   * Calls the admin API; returns the answer's text.
   *
   * @param target a path, perhaps with a query, percent-encoded
   * @throws StartException saying what is wrong
   */
  public String call(String method, String target, String body) {
    @Nullable Alias named = named();
    return connection(named).call(root(named), method, target, body);
  }

  /**
   * Calls the admin API and gives the lines of its answer as they come, until the last one or an
   * interrupt.
   */
  public void stream(String target, Consumer<String> lines) {
    @Nullable Alias named = named();
    connection(named).stream(root(named), target, lines);
  }

  /** Asks for a page that needs no credentials; returns its text. */
  public String ask(String path) {
    return connection(named()).ask(path);
  }

  /** Calls the admin API; returns the answer. */
  public JsonNode read(String method, String target, String body) {
    return tree(call(method, target, body));
  }

  /**
   * Calls the admin API and shows its answer: with {@code --json} as it is, else in words.
   *
   * @param words says what is in the answer, by {@link #say}
   * @return the answer
   */
  public JsonNode show(String method, String target, String body, Consumer<JsonNode> words) {
    return show(call(method, target, body), words);
  }

  /** Shows an answer of the node, as {@link #show(String, String, String, Consumer)}. */
  public JsonNode show(String answer, Consumer<JsonNode> words) {
    JsonNode view = tree(answer);
    if (json) {
      out().println(answer.stripTrailing());
    } else {
      words.accept(view);
    }
    out().flush();
    return view;
  }

  /**
   * Reads all pages of a list and shows its entries: with {@code --json} as one list, else in
   * words.
   *
   * @param path without a query
   * @param name of the list in the answers
   */
  public void showList(String path, String name, Consumer<JsonNode> words) {
    show(pages(path, name).toPrettyString() + "\n", words);
  }

  /** All entries of a list, of which the node gives a page at a time. */
  public ArrayNode pages(String path, String name) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    String query = "";
    do {
      JsonNode page = read("GET", path + query, "");
      // A node of the release before gives the list alone.
      (page.isArray() ? page : page.path(name)).forEach(all::add);
      String next = page.path("next").asString("");
      byte[] after = next.getBytes(StandardCharsets.UTF_8);
      query = next.isEmpty() ? "" : "?after=" + PercentCoding.encode(after, false);
    } while (!query.isEmpty());
    return all;
  }

  /** Calls the admin API and shows the answer, which has its words itself. */
  public JsonNode showText(String method, String target, String body) {
    return show(method, target, body, view -> say(view.path("text").asString("").stripTrailing()));
  }

  /** The credentials that requests are signed with. */
  public RootCredentials credentials() {
    return root(named());
  }

  /** Whether JSON is wanted. */
  public boolean isJson() {
    return json;
  }

  /** Says a line; not among the JSON, where that is wanted. */
  public void say(String line) {
    PrintWriter to = json ? command.commandLine().getErr() : out();
    to.println(line);
    to.flush();
  }

  /** Where the command's results go. */
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  private static JsonNode tree(String answer) {
    try {
      return JsonMapper.shared().readTree(answer);
    } catch (JacksonException e) {
      throw new StartException("the node's answer isn't JSON: " + answer.strip(), e);
    }
  }

  private @Nullable Alias named() {
    if (alias != null) {
      return aliases.read().of(alias);
    }
    return admin == null ? aliases.read().first() : null;
  }

  private NodeConnection connection(@Nullable Alias named) {
    HostPort at = admin != null ? admin : named != null ? named.admin() : USUAL;
    Path trusted = ca != null || named == null ? ca : named.ca();
    boolean isNamed = admin == null && named != null && named.tls();
    boolean tls = isNamed || trusted != null || !at.isLoopback();
    return new NodeConnection(at, tls, trusted);
  }

  private RootCredentials root(@Nullable Alias named) {
    Map<String, String> environment = System.getenv();
    String access = environment.get("RONDO_ROOT_ACCESS_KEY");
    String secret = environment.get("RONDO_ROOT_SECRET_KEY");
    if (alias == null && access != null && secret != null) {
      return new RootCredentials(access, secret);
    }
    return RootCredentials.read(
        credentials != null
            ? credentials
            : named != null ? named.credentials() : USUAL_CREDENTIALS);
  }
}
