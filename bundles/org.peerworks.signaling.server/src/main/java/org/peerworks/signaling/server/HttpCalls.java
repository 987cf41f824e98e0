package org.peerworks.signaling.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings HTTP calls to {@link HttpApi}; no thread waits for a slow caller. */
final class HttpCalls extends Handler.Abstract.NonBlocking {

  private static final Logger LOG = LoggerFactory.getLogger(HttpCalls.class);
  private static final int MAX_BODY = 4096;

  private final HttpApi api;
  private final Proxies proxies;
  private final Executor executor;

  HttpCalls(HttpApi api, Proxies proxies, Executor executor) {
    this.api = api;
    this.proxies = proxies;
    this.executor = executor;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int most =
        Request.getPathInContext(request).equals(RelayCalls.SUBMIT) ? RelayCalls.MAX_JOB : MAX_BODY;
    if (request.getLength() > most) {
      answer(request, response, callback, tooLarge(most));
      return true;
    }
    BodyReader.read(request, most)
        .handleAsync(
            (body, failure) -> failure == null ? call(request, body) : tooLarge(most), executor)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                LOG.error("A call to '{}' failed", Request.getPathInContext(request), failure);
              }
              answer(
                  request,
                  response,
                  callback,
                  failure == null ? reply : HttpReply.error(500, "The server's log says why."));
            });
    return true;
  }

  static InetAddress caller(Request request, Proxies proxies) {
    InetAddress remote =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress at
            ? at.getAddress()
            : InetAddress.getLoopbackAddress();
    return proxies.caller(remote, request.getHeaders().getValuesList("X-Forwarded-For"));
  }

  private HttpReply call(Request request, String body) {
    Map<String, String> headers = new HashMap<>();
    for (String name : HttpCall.HEADERS) {
      String value = request.getHeaders().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return api.answer(
        new HttpCall(
            request.getMethod(),
            Request.getPathInContext(request),
            Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
            headers,
            body,
            caller(request, proxies),
            Map.of()));
  }

  private static HttpReply tooLarge(int most) {
    return HttpReply.error(413, "Send at most " + most + " bytes.");
  }

  private static void answer(
      Request request, Response response, Callback callback, HttpReply reply) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (reply.status() == 401) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    if (reply.status() == 413) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (reply.stream().isPresent()) {
      stream(request, response, callback, reply.stream().get());
    } else {
      Content.Sink.write(response, true, reply.body(), callback);
    }
  }

  /** The first event or sign of life sends the headers, so a refusal can still take their place. */
  private static void stream(
      Request request, Response response, Callback callback, HttpReply.Start start) {
    EventStream stream =
        new EventStream((text, sent) -> Content.Sink.write(response, false, text, sent), callback);
    try {
      start.begin(stream);
      stream.keepAlive();
    } catch (HttpRefusal e) {
      answer(request, response, callback, HttpReply.error(e.status(), e.getMessage()));
    }
  }
}
