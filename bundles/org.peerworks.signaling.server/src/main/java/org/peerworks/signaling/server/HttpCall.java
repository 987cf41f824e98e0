package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.signaling.server.basic.Json;

/**
 * An HTTP call.
 *
 * @param path in its canonical form
 * @param query parameters after the question mark, not decoded
 * @param headers those of {@link #HEADERS} that it has, by these names
 * @param caller where it comes from
 * @param placeholders parts of the path that the route has names for
 */
record HttpCall(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    String body,
    InetAddress caller,
    Map<String, String> placeholders) {

  /** Headers that somebody reads. */
  static final List<String> HEADERS =
      List.of("authorization", "cookie", "content-type", "x-forwarded-proto");

  private static final String BEARER = "Bearer ";
  private static final int MAX_FIELDS = 50;

  HttpCall at(Map<String, String> parts) {
    return new HttpCall(method, path, query, headers, body, caller, Map.copyOf(parts));
  }

  private String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Whether a proxy says that the caller came over TLS. */
  boolean secure() {
    return header("x-forwarded-proto").equalsIgnoreCase("https");
  }

  /** A part of the path. */
  String part(String name) {
    return placeholders.get(name);
  }

  /** What the caller shows to prove who it is; empty if nothing. */
  String bearer() {
    String authorization = header("authorization");
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }

  /** The body, or an empty object if it is none. */
  ObjectNode json() {
    return Json.parse(body).orElseGet(Json::object);
  }

  Optional<String> text(String field) {
    return Json.text(json(), field).map(String::strip).filter(text -> !text.isEmpty());
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(fields(query).get(name)).filter(text -> !text.isEmpty());
  }

  /** A field of a form; a body that is no form has none. */
  Optional<String> field(String name) {
    return header("content-type").startsWith("application/x-www-form-urlencoded")
        ? Optional.ofNullable(fields(body).get(name))
        : Optional.empty();
  }

  Optional<String> cookie(String name) {
    for (String part : header("cookie").split(";", MAX_FIELDS)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2 && pair[0].equals(name)) {
        return Optional.of(pair[1]);
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> fields(String encoded) {
    Map<String, String> fields = new HashMap<>();
    for (String part : encoded.split("&", MAX_FIELDS)) {
      String[] pair = part.split("=", 2);
      try {
        if (pair.length == 2) {
          fields.put(decoded(pair[0]), decoded(pair[1]));
        }
      } catch (IllegalArgumentException e) {
        // Not what a program or browser sends: as good as not there.
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "HttpCall[" + method + " " + path + "]";
  }
}
