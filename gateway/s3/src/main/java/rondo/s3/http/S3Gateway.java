package rondo.s3.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AccountDirectory;
import rondo.s3.acl.AclGrants;
import rondo.s3.acl.AclWriter;
import rondo.s3.admission.ClientLimits;
import rondo.s3.admission.OpenConnections;
import rondo.s3.auth.AccessKeyLookup;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Authenticator;
import rondo.s3.auth.FormSignatures;
import rondo.s3.auth.SenderVerdict;
import rondo.s3.auth.SignedRequest;
import rondo.s3.encryption.MasterKeyring;
import rondo.s3.encryption.ServerSideEncryption;
import rondo.s3.framing.RequestDecoder;
import rondo.s3.logging.AccessLog;
import rondo.s3.logging.RequestRecords;
import rondo.s3.tls.ServerCertificates;
import rondo.store.Store;

/** The S3 server of one node. Thread-safe; {@link #start} and {@link #close} block. */
public final class S3Gateway {
  private static final Logger log = LoggerFactory.getLogger(S3Gateway.class);

  /** Loading the classes takes long where other programs want the processors. */
  private static final long START_SECONDS = 120;

  private static final long STOP_SECONDS = 10;

  /** Presigned URLs hold a key of 1,024 bytes, percent-encoded, and some 600 bytes of signature. */
  private static final int LONGEST_REQUEST_LINE = 16 * 1024;

  private static final int LARGEST_HEAD = 16 * 1024;
  private static final int READ_BYTES = 256 * 1024;
  private static final int BACKLOG = 4096;
  private static final int HANDSHAKE_SECONDS = 10;
  private static final long SWEEP_MILLIS = 1_000;

  /** Hosts that only processes of this machine can reach, so that plain HTTP is secure. */
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "::1", "localhost");

  private final Vertx vertx;
  private final GatewaySettings settings;
  private final RequestAdmission admission;
  private final OpenConnections connections;
  private final RequestHandler handler;
  private final OperationDispatcher operations;
  private final RequestRecords records;
  private final AccessLog accessLog;
  private final AtomicInteger port = new AtomicInteger();
  private final @Nullable ServerCertificates certificates;
  private volatile String deployment = "";

  /**
   * @param vertx its servers let in the connections that {@code limits} allow, and no other ones
   * @param records who is told of requests
   */
  public S3Gateway(
      Vertx vertx,
      GatewaySettings settings,
      AccessKeyLookup keys,
      Store store,
      MasterKeyring keyring,
      AccountDirectory accounts,
      ClientLimits limits,
      RequestRecords records) {
    this.vertx = vertx;
    this.settings = settings;
    this.connections = limits.connections();
    this.admission =
        new RequestAdmission(limits.memory(), connections, settings.listener().proxies());
    var auth =
        new AuthSettings(
            settings.region(), settings.compat(), AuthSettings.S3, settings.domains().buckets());
    var authenticator = new Authenticator(auth, keys);
    var signatures = new FormSignatures(auth, keys);
    var acls = new AclWriter(new AclGrants(settings.compat(), settings.rootAccount()), accounts);
    this.records = records;
    this.operations =
        new OperationDispatcher(settings, S3Store.of(store, acls, encryption(keyring)), signatures);
    this.accessLog = operations.accessLog();
    Path chain = settings.listener().certificate();
    Path key = settings.listener().key();
    this.certificates = chain == null || key == null ? null : new ServerCertificates(chain, key);
    this.handler =
        new RequestHandler(
            settings,
            admission,
            new S3Service(settings, signed(authenticator), operations, records));
  }

  private static RequestFront signed(Authenticator authenticator) {
    return new RequestFront() {
      @Override
      public SignedRequest head(SignedRequest sent) {
        return sent;
      }

      @Override
      public SenderVerdict verify(SignedRequest sent, Instant now) {
        return authenticator.verify(sent, now);
      }
    };
  }

  /**
   * A handler for the requests of another server on this one's event loops, whose senders are known
   * by other means than a signature. They are admitted, authorised and counted with those of S3.
   */
  public Handler<HttpServerRequest> handler(RequestFront front) {
    return handler.with(new S3Service(settings, front, operations, records));
  }

  private ServerSideEncryption encryption(MasterKeyring keys) {
    boolean secure =
        settings.listener().certificate() != null || LOCAL.contains(settings.listener().host());
    return new ServerSideEncryption(keys, settings.compat(), secure);
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the port is in use or the certificate can't be read
   */
  public void start() {
    // A negative port is one free port that all instances share.
    int wanted = settings.listener().port() == 0 ? -1 : settings.listener().port();
    var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    deployment =
        await(vertx.deployVerticle(() -> context -> listen(wanted), options), START_SECONDS);
    vertx.setPeriodic(SWEEP_MILLIS, tick -> connections.sweep());
    accessLog.start();
    log.info("listening at {}:{} for S3", settings.listener().host(), port());
  }

  private Future<HttpServer> listen(int wanted) {
    return RequestDecoder.server(vertx, options())
        .requestHandler(handler)
        .invalidRequestHandler(handler::refuseMalformed)
        .exceptionHandler(e -> log.debug("a connection failed: {}", e.toString()))
        .listen(wanted, settings.listener().host())
        .onSuccess(server -> {
          port.set(server.actualPort());
          if (certificates != null) {
            certificates.renew(vertx, server);
          }
        });
  }

  private HttpServerOptions options() {
    var options =
        new HttpServerOptions()
            .setMaxChunkSize(READ_BYTES)
            .setAcceptBacklog(BACKLOG)
            .setTcpKeepAlive(true)
            .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
            .setMaxHeaderSize(LARGEST_HEAD)
            .setHttp2ClearTextEnabled(false)
            .setTcpNoDelay(true);
    options.setSslHandshakeTimeout(HANDSHAKE_SECONDS);
    if (certificates != null) {
      options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificates.options());
    }
    return options;
  }

  /** The port that the server listens on; 0 before {@link #start}. */
  public int port() {
    return port.get();
  }

  /** Takes no further requests, waits at most {@code patience} for those in work, and closes. */
  public void close(Duration patience) {
    boolean drained = admission.drain(patience);
    if (!drained) {
      log.warn("closing with requests in work");
    }
    await(vertx.undeploy(deployment), STOP_SECONDS);
    accessLog.close();
  }

  private static <T> T await(Future<T> future, long seconds) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("S3: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("S3: no answer within " + seconds + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("S3: interrupted", e);
    }
  }
}
