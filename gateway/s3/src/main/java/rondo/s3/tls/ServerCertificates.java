package rondo.s3.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that servers show. Its two files are read every two seconds, and new connections
 * get their latest content. Because the files are replaced one after the other, a new pair counts
 * once two reads in a row have found the same. Thread-safe.
 */
public final class ServerCertificates {
  private static final Logger log = LoggerFactory.getLogger(ServerCertificates.class);

  /** Renewals come weeks before an expiry, but an operator who renews by hand waits for it. */
  private static final long LOOK_MILLIS = 2_000;

  private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

  private final Path chain;
  private final Path key;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private String told = "";
  private Pem shown;
  private Pem seen;

  /** The content of both files at one time. */
  private record Pem(Buffer chain, Buffer key) {
    static Pem read(Path chain, Path key) throws IOException {
      byte[] certificates = Files.readAllBytes(chain);
      byte[] secret = Files.readAllBytes(key);
      if (!hasCertificate(certificates)) {
        throw new IOException("there is no certificate (PEM) in " + chain);
      }
      if (!PRIVATE_KEY.matcher(new String(secret, StandardCharsets.ISO_8859_1)).find()) {
        throw new IOException("there is no private key (PEM) in " + key);
      }
      return new Pem(Buffer.buffer(certificates), Buffer.buffer(secret));
    }

    private static boolean hasCertificate(byte[] pem) {
      try {
        var factory = CertificateFactory.getInstance("X.509");
        return !factory.generateCertificates(new ByteArrayInputStream(pem)).isEmpty();
      } catch (CertificateException e) {
        return false;
      }
    }

    PemKeyCertOptions options() {
      return new PemKeyCertOptions().addCertValue(chain).addKeyValue(key);
    }
  }

  /**
   * @throws IllegalStateException in one line, when a file can't be read or has not what it should
   */
  public ServerCertificates(Path chain, Path key) {
    this.chain = chain;
    this.key = key;
    try {
      this.shown = Pem.read(chain, key);
      this.seen = shown;
    } catch (IOException e) {
      throw new IllegalStateException(why(e), e);
    }
  }

  /** The certificate to begin with. */
  public synchronized PemKeyCertOptions options() {
    return shown.options();
  }

  /** Has a server show later certificates too. The first server starts the periodic reads. */
  public void renew(Vertx vertx, HttpServer server) {
    servers.add(server);
    if (servers.size() == 1) {
      vertx.setPeriodic(LOOK_MILLIS, tick -> vertx.executeBlocking(this::look));
    }
  }

  private synchronized boolean look() {
    try {
      Pem found = Pem.read(chain, key);
      boolean settled = found.equals(seen);
      seen = found;
      if (settled && !found.equals(shown)) {
        shown = found;
        told = "";
        var options = new ServerSSLOptions().setKeyCertOptions(found.options());
        servers.forEach(server -> show(server, options));
      }
      return true;
    } catch (IOException e) {
      stays(e);
      return false;
    }
  }

  private void show(HttpServer server, ServerSSLOptions options) {
    server
        .updateSSLOptions(options.copy(), true)
        .onSuccess(done -> log.info("the certificate of {} is shown anew", chain))
        .onFailure(e -> stays(e));
  }

  /** Says once why the certificate stays, however many servers refuse the new one. */
  private synchronized void stays(Throwable failure) {
    String why = why(failure);
    if (!why.equals(told)) {
      told = why;
      log.warn("the certificate of {} stays as it is: {}", chain, why);
    }
  }

  /** The innermost reason, without the names of classes. */
  private static String why(Throwable failure) {
    Throwable inner = failure;
    for (Throwable cause = inner.getCause(); cause != null; cause = cause.getCause()) {
      inner = cause;
    }
    String message = inner.getMessage();
    return switch (inner) {
      case NoSuchFileException _ -> "there is no file " + message;
      case FileSystemException _ -> "can't read " + message;
      default -> message == null ? inner.toString() : message;
    };
  }
}
