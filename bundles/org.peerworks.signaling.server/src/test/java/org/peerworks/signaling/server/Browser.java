package org.peerworks.signaling.server;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as the login page needs: cookies, forms, and a person who clicks. */
final class Browser {

  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

  final Map<String, String> cookies = new TreeMap<>();
  private final URI server;
  private HttpResponse<String> page;

  Browser(URI server) {
    this.server = server;
  }

  Browser open(String path) throws Exception {
    return go(HttpRequest.newBuilder(server.resolve(path)).GET());
  }

  /** Sends the form of the page, which goes to the given address. */
  Browser submit(String action, Map<String, String> filled) throws Exception {
    int at = page.body().indexOf("action=\"" + action + "\"");
    if (at < 0) {
      throw new AssertionError("The page has no form for " + action + ": " + page.body());
    }
    String form = page.body().substring(at, page.body().indexOf("</form>", at));
    Map<String, String> fields = new TreeMap<>();
    Matcher hidden = HIDDEN.matcher(form);
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2));
    }
    fields.putAll(filled);
    return post(action, fields);
  }

  Browser post(String path, Map<String, String> fields) throws Exception {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    go(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
    return page.statusCode() == 303 ? open(page.headers().firstValue("Location").get()) : this;
  }

  String text() {
    return page.body();
  }

  int status() {
    return page.statusCode();
  }

  String header(String name) {
    return page.headers().firstValue(name).orElse("");
  }

  private Browser go(HttpRequest.Builder request) throws Exception {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    page = RawPeer.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String set : page.headers().allValues("Set-Cookie")) {
      String[] pair = set.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return this;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
