package org.peerworks.files.browser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests for the page and its parts, and tells browsers to keep to themselves. */
final class PageHandler extends Handler.Abstract.NonBlocking {

  private static final String PARTS = "/page/";
  private static final String TEXT = "text/plain; charset=utf-8";

  /** What the page of a refusal is made of. */
  private static final Set<String> PUBLIC = Set.of(PARTS + "theme.css", PARTS + "icon.svg");

  private static final HttpFields HEADERS =
      HttpFields.build()
          .add(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                  + " trusted-types lit-html")
          .add("X-Content-Type-Options", "nosniff")
          .add("X-Frame-Options", "DENY")
          .add("Referrer-Policy", "no-referrer")
          .add("Cross-Origin-Opener-Policy", "same-origin")
          .add("Cross-Origin-Resource-Policy", "same-origin")
          .add(new HttpField(HttpHeader.CACHE_CONTROL, "no-store"))
          .asImmutable();

  private final Run run;
  private final Guard guard;

  PageHandler(Run run, Guard guard) {
    this.run = run;
    this.guard = guard;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    response.getHeaders().add(HEADERS);
    Optional<String> refusal = guard.refusal(Visit.of(request, run));
    boolean open = PUBLIC.contains(Request.getPathInContext(request));
    if (refusal.isPresent() && !(open && refusal.get().equals(Guard.INVALID_TOKEN))) {
      refuse(request, response, callback, refusal.get());
      return true;
    }
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      write(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "Only GET and HEAD");
      return true;
    }
    Optional<PageFiles.Content> file = file(Request.getPathInContext(request));
    if (file.isEmpty()) {
      write(response, callback, HttpStatus.NOT_FOUND_404, "Not found");
      return true;
    }
    if (file.get().type().startsWith("text/html")) {
      response.getHeaders().put(HttpHeader.SET_COOKIE, run.setCookie());
    }
    send(response, callback, HttpStatus.OK_200, file.get());
    return true;
  }

  private static Optional<PageFiles.Content> file(String path) throws IOException {
    if (path.equals("/")) {
      return PageFiles.read(PageFiles.START);
    }
    return path.startsWith(PARTS)
        ? PageFiles.read(path.substring(PARTS.length()))
        : Optional.empty();
  }

  /** People get a page that says what to do, programs the bare words. */
  private static void refuse(Request request, Response response, Callback callback, String why)
      throws IOException {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    if (why.equals(Guard.INVALID_TOKEN) && accept != null && accept.contains("text/html")) {
      PageFiles.Content page = PageFiles.read("refused.html").orElseThrow();
      send(response, callback, HttpStatus.FORBIDDEN_403, page);
    } else {
      write(response, callback, HttpStatus.FORBIDDEN_403, why);
    }
  }

  private static void write(Response response, Callback callback, int status, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    send(response, callback, status, new PageFiles.Content(TEXT, content));
  }

  private static void send(
      Response response, Callback callback, int status, PageFiles.Content file) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.content().length);
    response.write(true, ByteBuffer.wrap(file.content()), callback);
  }
}
