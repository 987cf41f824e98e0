package org.peerworks.health.metrics;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Health;
import org.peerworks.health.api.Level;
import org.peerworks.health.shell.HealthJson;

/** What is answered to whom. Checks run every 5 s at most, however many ask. Thread-safe. */
final class HealthPages {

  static final int WRONG_METHOD = 405;

  private static final int OK = 200;
  private static final int BAD = 400;
  private static final int FORBIDDEN = 403;
  private static final int MISSING = 404;
  private static final int UNWELL = 503;
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A page of a browser that was told another address for this machine's name names that one. */
  private static final Pattern HERE =
      Pattern.compile("(?i)(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

  /** An answer. */
  record Page(int status, String type, String body) {}

  private final Health health;
  private final Supplier<String> figures;
  private List<CheckResult> last = List.of();
  private long lastNanos;

  /**
   * @param figures in Prometheus' text format
   */
  HealthPages(Health health, Supplier<String> figures) {
    this.health = health;
    this.figures = figures;
  }

  /**
   * @param host header of the request
   */
  Page answer(String method, URI address, String host) throws InterruptedException {
    if (!HERE.matcher(host).matches()) {
      return new Page(FORBIDDEN, TEXT, "Ask for 127.0.0.1 or localhost, not '" + host + "'.\n");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return new Page(WRONG_METHOD, TEXT, "Only GET and HEAD are answered.\n");
    }
    return switch (String.valueOf(address.getPath())) {
      case "/metrics" -> new Page(OK, TextFormat.CONTENT_TYPE, figures.get());
      case "/health" -> health(tag(address));
      default -> new Page(MISSING, TEXT, "There are /metrics, /health and /health?tag=TAG.\n");
    };
  }

  private static Optional<String> tag(URI address) {
    String query = address.getRawQuery();
    if (query == null || query.isEmpty()) {
      return Optional.of("");
    }
    return query.startsWith("tag=") && query.indexOf('&') < 0
        ? Optional.of(URLDecoder.decode(query.substring("tag=".length()), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private Page health(Optional<String> tag) throws InterruptedException {
    if (tag.isEmpty()) {
      return new Page(BAD, TEXT, "The only parameter is 'tag'.\n");
    }
    List<CheckResult> results =
        all().stream().filter(r -> tag.get().isEmpty() || r.tags().contains(tag.get())).toList();
    if (results.isEmpty()) {
      return new Page(MISSING, TEXT, "No check has this tag.\n");
    }
    boolean well = HealthJson.level(results) != Level.ERROR;
    return new Page(well ? OK : UNWELL, JSON, HealthJson.checks(results) + "\n");
  }

  private synchronized List<CheckResult> all() throws InterruptedException {
    if (last.isEmpty() || System.nanoTime() - lastNanos > FRESH_NANOS) {
      last = health.check("");
      lastNanos = System.nanoTime();
    }
    return last;
  }
}
