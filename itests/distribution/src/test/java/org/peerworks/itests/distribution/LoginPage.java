package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person with a browser at the signalling server's page, and the administrator who made the
 * account.
 */
final class LoginPage {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern HIDDEN =
      Pattern.compile("type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");

  private final HttpClient browser = HttpClient.newHttpClient();

  /** By hand: the JDK's own sends cookies in a form that no browser does. */
  private final Map<String, String> cookies = new LinkedHashMap<>();

  private final URI server;
  private final String name;
  private final String password;

  /**
   * Makes an account.
   *
   * @param data of the server
   */
  LoginPage(URI server, Path data, String name) throws IOException, InterruptedException {
    this.server = server;
    this.name = name;
    JsonNode admin = MAPPER.readTree(data.resolve("keys/signaling-admin.json").toFile());
    JsonNode told =
        MAPPER.readTree(
            answer(
                HttpRequest.newBuilder(server.resolve("/api/admin/users"))
                    .header("Authorization", "Bearer " + admin.path("key").asText())
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            MAPPER.writeValueAsString(Map.of("username", name))))));
    this.password = told.path("password").asText();
  }

  /** Logs in, and lets the program act that printed this address. */
  void grant(String address) throws IOException, InterruptedException {
    Map<String, String> form = hidden(answer(HttpRequest.newBuilder(URI.create(address))));
    form.put("username", name);
    form.put("password", password);
    String consent = post("/login", form);
    assertThat(consent).contains(name).contains(address.replaceAll(".*=", ""));
    assertThat(post("/api/auth/cli/deposit", hidden(consent))).contains("Logged in");
  }

  private String post(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return answer(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", server.toString())
            .POST(BodyPublishers.ofString(body)));
  }

  private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    var response = browser.send(request.build(), BodyHandlers.ofString());
    for (String cookie : response.headers().allValues("Set-Cookie")) {
      cookies.put(cookie.replaceAll("=.*", ""), cookie.replaceAll("^[^=]*=|;.*", ""));
    }
    if (response.statusCode() == 303) {
      URI next = server.resolve(response.headers().firstValue("Location").orElseThrow());
      return answer(HttpRequest.newBuilder(next));
    }
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private static Map<String, String> hidden(String page) {
    Map<String, String> fields = new LinkedHashMap<>();
    HIDDEN.matcher(page).results().forEach(field -> fields.put(field.group(1), field.group(2)));
    return fields;
  }
}
