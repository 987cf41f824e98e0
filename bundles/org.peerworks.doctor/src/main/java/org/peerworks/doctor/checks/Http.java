package org.peerworks.doctor.checks;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls a signalling server. */
final class Http {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MOST = 1 << 16;
  private static final Pattern VERSION =
      Pattern.compile("\"version\"\\s*:\\s*\"([A-Za-z0-9._+-]{1,64})\"");

  private Http() {}

  /** An answer; of the body at most 64 KiB. */
  record Answer(int status, String body, Optional<String> date) {}

  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .build();
  }

  static Answer call(HttpClient client, String method, URI base, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create(base.toString().replaceAll("/+$", "") + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(MOST), StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), text, response.headers().firstValue("Date"));
    }
  }

  /** The version of a signalling server; empty if the answer is no such server's. */
  static Optional<String> version(Answer health) {
    Matcher version = VERSION.matcher(health.body());
    return health.status() == 200 && health.body().contains("\"status\"") && version.find()
        ? Optional.of(version.group(1))
        : Optional.empty();
  }

  /** Why there was no answer, in words. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    for (Throwable next = failure; next != null; next = next.getCause()) {
      cause = next;
      if (next instanceof UnresolvedAddressException) {
        return "there is no host of that name";
      }
      if (next instanceof HttpConnectTimeoutException || next instanceof HttpTimeoutException) {
        return "no answer within " + PATIENCE.toSeconds() + " s";
      }
      if (next instanceof ConnectException
          && next.getMessage() == null
          && next.getCause() == null) {
        return "nobody listens there";
      }
    }
    String message = cause.getMessage();
    return message == null || message.equals("Connection refused")
        ? "nobody listens there"
        : message;
  }
}
