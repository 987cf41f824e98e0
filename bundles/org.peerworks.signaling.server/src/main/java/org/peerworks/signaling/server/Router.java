package org.peerworks.signaling.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peerworks.signaling.server.basic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a call, by method and path. Filled at the start, then read only. */
final class Router {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private final List<Entry> entries = new ArrayList<>();

  /** Answers a call. What it refuses becomes an answer with status 400. */
  interface Handler {
    HttpReply answer(HttpCall call) throws Refusal, IOException;
  }

  private record Entry(String method, String[] path, Handler handler) {}

  /**
   * @param path as it is called, with names in braces for parts that differ
   */
  Router on(String method, String path, Handler handler) {
    entries.add(new Entry(method, path.split("/", -1), handler));
    return this;
  }

  HttpReply answer(HttpCall call) {
    String path = call.path();
    String[] parts =
        (path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
            .split("/", -1);
    List<Entry> here = new ArrayList<>();
    for (Entry entry : entries) {
      Optional<Map<String, String>> placeholders = match(entry.path(), parts);
      if (placeholders.isPresent() && entry.method().equals(call.method())) {
        return answer(entry.handler(), call.at(placeholders.get()));
      }
      placeholders.ifPresent(any -> here.add(entry));
    }
    return here.isEmpty()
        ? HttpReply.error(404, "Not Found")
        : HttpReply.error(
            405,
            "Method Not Allowed. Use "
                + here.stream().map(Entry::method).collect(Collectors.joining(" or "))
                + ".");
  }

  private static HttpReply answer(Handler handler, HttpCall call) {
    try {
      return handler.answer(call);
    } catch (HttpRefusal e) {
      return HttpReply.error(e.status(), e.getMessage());
    } catch (Refusal e) {
      return HttpReply.error(400, e.getMessage());
    } catch (IOException e) {
      LOG.warn("A call failed", e);
      return HttpReply.error(500, "The server cannot store this. Its log says why.");
    }
  }

  private static Optional<Map<String, String>> match(String[] wanted, String[] parts) {
    if (wanted.length != parts.length) {
      return Optional.empty();
    }
    Map<String, String> placeholders = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      if (wanted[i].startsWith("{")) {
        placeholders.put(wanted[i].substring(1, wanted[i].length() - 1), parts[i]);
      } else if (!wanted[i].equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(placeholders);
  }
}
