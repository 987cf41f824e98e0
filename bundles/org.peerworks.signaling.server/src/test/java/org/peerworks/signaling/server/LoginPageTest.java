package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page where a person lets a program log in, and those who try to be that person. */
class LoginPageTest {

  private static final String DEPOSIT = "/api/auth/cli/deposit";

  @TempDir Path data;
  private Lab lab;
  private String state;

  @BeforeEach
  void start() throws Exception {
    lab = Lab.open(data);
    lab.add("anna");
    state = lab.state();
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void aProgramGetsItsLoginOnceAndOnlyAfterTheClick() throws Exception {
    assertThat(poll().statusCode()).isEqualTo(202);
    assertThat(RawPeer.json(poll().body()).path("status").asText()).isEqualTo("pending");
    Browser browser = loggedIn();
    assertThat(browser.text()).contains("anna", state, "127.0.0.1", "7 days").doesNotContain("eyJ");
    assertThat(poll().statusCode()).isEqualTo(202);
    browser.submit(DEPOSIT, Map.of());
    assertThat(browser.status()).isEqualTo(200);

    HttpResponse<String> granted = poll();
    assertThat(granted.statusCode()).isEqualTo(200);
    JsonNode reply = RawPeer.json(granted.body());
    assertThat(reply.at("/user/username").asText()).isEqualTo("anna");
    assertThat(lab.get("/api/auth/rooms", reply.path("jwt").textValue()).path("count").asInt())
        .isZero();
    assertThat(poll().statusCode()).isEqualTo(202);
  }

  @Test
  void nothingIsGrantedBeforeAProgramHasAsked() throws Exception {
    Browser browser = loggedIn();
    assertThat(browser.text()).contains("load this page again").doesNotContain(DEPOSIT);
    browser.post(
        DEPOSIT, Map.of("cli_state", state, "form", browser.cookies.get("peerworks_form")));
    assertThat(browser.status()).isEqualTo(409);
    assertThat(browser.text()).contains("No program has asked");
    assertThat(poll().statusCode()).as("asks first").isEqualTo(202);
    assertThat(poll().statusCode()).as("got nothing").isEqualTo(202);

    browser.open("/?cli_state=" + state).submit(DEPOSIT, Map.of());
    assertThat(poll().statusCode()).isEqualTo(200);
  }

  @Test
  void nothingIsDepositedWithoutTheBrowsersSession() throws Exception {
    String json =
        "{\"state\":\"" + state + "\",\"jwt\":\"a.b.c\",\"user\":{\"username\":\"mallory\"}}";
    assertThat(lab.call("POST", DEPOSIT, "", json).statusCode()).isEqualTo(401);
    assertThat(lab.call("POST", DEPOSIT, lab.login("anna"), json).statusCode()).isEqualTo(401);
    Browser stranger = lab.browser();
    stranger.open("/?cli_state=" + state);
    stranger.post(
        DEPOSIT, Map.of("cli_state", state, "form", stranger.cookies.get("peerworks_form")));
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(poll().statusCode()).isEqualTo(202);
  }

  @Test
  void aLinkAloneGrantsNothing() throws Exception {
    Browser browser = loggedIn();
    String other = lab.state();
    browser.open("/?cli=true&cli_state=" + other);
    assertThat(browser.text()).contains("Grant this only if you have just started a login");
    assertThat(lab.call("GET", "/api/auth/cli/poll?state=" + other, "", "").statusCode())
        .isEqualTo(202);
  }

  @Test
  void aFormOfAnotherSiteDoesNothing() throws Exception {
    Browser browser = loggedIn();
    for (String form : new String[] {"", "A".repeat(32), "\u00e4".repeat(32)}) {
      browser.post(DEPOSIT, Map.of("cli_state", state, "form", form));
      assertThat(browser.status()).isEqualTo(401);
    }
    browser.post("/logout", Map.of("form", "A".repeat(32)));
    assertThat(browser.open("/").text()).contains("You are logged in as");
    Browser victim = lab.browser();
    victim.open("/");
    victim.post(
        "/login", Map.of("username", "anna", "password", lab.password("anna"), "form", "forged"));
    assertThat(victim.status()).isEqualTo(403);
    assertThat(poll().statusCode()).isEqualTo(202);
  }

  @Test
  void wrongNamesAndPasswordsAreRefusedInTheSameWords() throws Exception {
    Browser browser = lab.browser().open("/?cli_state=" + state);
    browser.submit("/login", Map.of("username", "anna", "password", "wrong"));
    String ofAnna = browser.text();
    assertThat(browser.status()).isEqualTo(401);
    browser.submit("/login", Map.of("username", "nobody", "password", "wrong"));
    assertThat(browser.text()).isEqualTo(ofAnna);
    browser.submit("/login", Map.of("username", "ANNA", "password", lab.password("anna")));
    assertThat(browser.text()).contains("Let a program log in as you?");
  }

  @Test
  void whoLogsOutIsAStrangerAgain() throws Exception {
    Browser browser = loggedIn();
    browser.submit("/logout", Map.of());
    assertThat(browser.open("/?cli_state=" + state).text()).contains("action=\"/login\"");
  }

  @Test
  void thePageTakesNothingFromElsewhereAndShowsTextAsText() throws Exception {
    Browser browser = lab.browser().open("/?cli_state=" + state);
    assertThat(browser.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'");
    assertThat(browser.header("Cache-Control")).isEqualTo("no-store");
    assertThat(browser.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(browser.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict");
    assertThat(browser.text()).doesNotContain("<script", "http:", "https:");
    browser.open("/?cli_state=" + Lab.encoded("\"><script>alert(1)</script>"));
    assertThat(browser.status()).isEqualTo(400);
    assertThat(browser.text()).doesNotContain("<script");
    assertThat(Page.text("<a href='x'>&\"")).isEqualTo("&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
  }

  @Test
  void anInviteIsEnoughToMakeAnAccount() throws Exception {
    String anna = lab.login("anna");
    String room = lab.room(anna);
    String code =
        lab.post("/api/auth/rooms/" + room + "/invite", anna, "").path("invite_code").textValue();
    Browser browser = lab.browser().open("/?cli_state=" + state);
    Map<String, String> wrong =
        Map.of("invite_code", "AAAAAAAA", "username", "bob", "password", "long enough");
    assertThat(browser.submit("/join", wrong).status()).isEqualTo(400);
    assertThat(browser.text()).contains("This invite code is wrong");
    browser.submit(
        "/join", Map.of("invite_code", code, "username", "bob", "password", "long enough"));
    poll();
    browser.open("/?cli_state=" + state).submit(DEPOSIT, Map.of());
    String bob = RawPeer.json(poll().body()).path("jwt").textValue();
    assertThat(lab.get("/api/auth/rooms", bob).at("/rooms/0/room_id").asText()).isEqualTo(room);
  }

  @Test
  void triesOfPasswordsAreLimited() throws Exception {
    try (Lab strict =
        Lab.open(data.resolve("strict"), Tuned.limits(Map.of("loginsPerMinute", 3)))) {
      strict.add("anna");
      Browser browser = strict.browser().open("/");
      for (int i = 0; i < 3; i++) {
        browser.submit("/login", Map.of("username", "anna", "password", "wrong"));
        assertThat(browser.status()).isEqualTo(401);
      }
      browser.submit("/login", Map.of("username", "anna", "password", strict.password("anna")));
      assertThat(browser.status()).isEqualTo(429);
    }
  }

  @Test
  void wordsThatAreNoRequestsAreRefused() throws Exception {
    for (String bad : new String[] {"", "short", "x".repeat(129), "a b c d e f g h i"}) {
      assertThat(
              lab.call("GET", "/api/auth/cli/poll?state=" + Lab.encoded(bad), "", "").statusCode())
          .isEqualTo(422);
    }
  }

  private Browser loggedIn() throws Exception {
    return lab.browser()
        .open("/?cli=true&cli_state=" + state)
        .submit("/login", Map.of("username", "anna", "password", lab.password("anna")));
  }

  private HttpResponse<String> poll() throws Exception {
    return lab.call("GET", "/api/auth/cli/poll?state=" + state, "", "");
  }
}
