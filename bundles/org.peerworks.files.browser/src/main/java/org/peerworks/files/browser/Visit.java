package org.peerworks.files.browser;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What of a request matters to the {@link Guard}. */
final class Visit {

  private static final String TOKEN = "token=";

  private Visit() {}

  static Guard.Pass of(Request request, Run run) {
    String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
    return new Guard.Pass(
        header(request, HttpHeader.HOST),
        header(request, HttpHeader.ORIGIN),
        Stream.of(query.split("&"))
            .filter(part -> part.startsWith(TOKEN))
            .map(part -> part.substring(TOKEN.length()))
            .findFirst(),
        Request.getCookies(request).stream()
            .filter(cookie -> cookie.getName().equals(run.cookie()))
            .map(HttpCookie::getValue)
            .findFirst());
  }

  private static String header(Request request, HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name)).orElse("");
  }
}
