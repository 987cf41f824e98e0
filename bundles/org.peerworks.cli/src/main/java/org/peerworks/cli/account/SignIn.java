package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.AccountInvocation.Login;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Server;
import org.peerworks.cli.terminal.Console;
import org.peerworks.lib.account.ChannelKey;
import org.peerworks.lib.account.Credentials;
import org.peerworks.lib.account.Credentials.User;

/**
 * Signs in with a page in a browser, then registers the key that answers the challenges of workers.
 */
final class SignIn {

  private static final int STATE_BYTES = 32;

  /** RFC 7515 §7.1. */
  private static final String JWT = "([A-Za-z0-9_-]{1,8192}\\.){2}[A-Za-z0-9_-]{1,8192}";

  private final Desk desk;
  private final Browser browser;
  private final Duration pause;

  /**
   * @param pause between two looks for the sign-in
   */
  SignIn(Desk desk, Browser browser, Duration pause) {
    this.desk = desk;
    this.browser = browser;
    this.pause = pause;
  }

  int run(Login login) throws IOException, InterruptedException {
    ServerCalls calls = desk.strangerCalls();
    Credentials before = desk.store().read();
    String state = state();
    JsonNode answer = answer(calls, login, state);
    String jwt = Answers.needed(answer, "the sign-in", "jwt", "token");
    if (!jwt.matches(JWT)) {
      throw CommandFailure.noConnection(
          "The signalling server's answer holds no sign-in, so it may be of a kind that is not"
              + " known here.");
    }
    JsonNode user = answer.path("user");
    Credentials after =
        desk.store().update(credentials -> signedIn(credentials, calls.base(), jwt, answer));
    Optional<User> who = after.user();
    String name = who.map(User::name).orElse("somebody without a name");
    desk.console()
        .say("Signed in as " + name + ". If that is not you, sign out at once: 'logout'.");
    boolean registered = register(desk.calls(after.jwt()), before, after);
    if (desk.console().json()) {
      desk.console()
          .event(
              "signed-in",
              "user",
              Masked.json(user),
              "key",
              registered,
              "file",
              desk.store().file().toString());
    }
    return ExitStatus.SUCCESS;
  }

  private static Credentials signedIn(
      Credentials credentials, URI base, String jwt, JsonNode answer) {
    Credentials in =
        credentials
            .withLogin(jwt, answer.path("user").isObject() ? answer.path("user").toString() : "{}")
            .withServer(base.toString());
    String accountKey = Answers.text(answer, "account_key");
    return accountKey.matches("slp_acct_[A-Za-z0-9_-]{8,256}") ? in.withAccountKey(accountKey) : in;
  }

  /** Waits until the page was filled in. */
  private JsonNode answer(ServerCalls calls, Login login, String state)
      throws InterruptedException {
    Console console = desk.console();
    long end = System.nanoTime() + login.timeout().toNanos();
    // The first look tells whether a server is there at all.
    Answer answer = poll(calls, state);
    URI page = page(calls.base(), state);
    warnOfPlainText(calls.base());
    console.say("Sign in with this page: " + page);
    console.event("page", "address", page.toString());
    if (login.browser() && desk.asks() && !browser.open(page)) {
      console.say("No browser can be opened here. Open the page elsewhere.");
    }
    while (answer.status() != 200) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw CommandFailure.failed(
            "Nobody signed in within "
                + login.timeout().toSeconds()
                + " s. Try again, with a longer --timeout.",
            null);
      }
      console.status("Waiting for you: " + TimeUnit.NANOSECONDS.toSeconds(left) + " s left ...");
      TimeUnit.NANOSECONDS.sleep(Math.min(left, pause.toNanos()));
      answer = poll(calls, state);
    }
    console.endStatus();
    return answer.body();
  }

  /** A server that is busy, or asks for patience, is asked again. */
  private static Answer poll(ServerCalls calls, String state) throws InterruptedException {
    Answer answer =
        calls.call("GET", "/api/auth/cli/poll?state=" + ServerCalls.segment(state), Map.of());
    if (answer.status() == 200
        || answer.status() == 202
        || answer.status() == 429
        || answer.status() >= 500) {
      return answer;
    }
    if (answer.missing()) {
      throw CommandFailure.noConnection(
          "The signalling server at " + calls.base() + " has no accounts.");
    }
    throw CommandFailure.refused(
        "The signalling server refused: " + ServerCalls.sentence(answer.problem()), null);
  }

  private URI page(URI base, String state) {
    String told = desk.context().places().variable("SLEAP_DASHBOARD_URL").orElse("");
    URI dashboard = told.isEmpty() ? base : dashboard(told);
    return URI.create(dashboard.toString().replaceAll("/+$", "") + "/?cli_state=" + state);
  }

  private static URI dashboard(String told) {
    try {
      return Server.page(told);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("Invalid value of SLEAP_DASHBOARD_URL: " + e.getMessage(), e);
    }
  }

  private void warnOfPlainText(URI base) {
    boolean here = base.getHost().matches("localhost|127\\..*|\\[::1\\]");
    if (base.getScheme().equals("http") && !here) {
      desk.console()
          .warn(
              "Warning: "
                  + base
                  + " is not encrypted, so others on the way can take over your sign-in. Use"
                  + " https.");
    }
  }

  /** Whether the server knows this machine's key afterwards. */
  private boolean register(ServerCalls calls, Credentials before, Credentials after)
      throws IOException, InterruptedException {
    boolean sameUser = before.user().map(User::id).equals(after.user().map(User::id));
    if (sameUser && after.publicKeyRegistered() && key(after).isPresent()) {
      return true;
    }
    ChannelKey key = key(after).orElseGet(ChannelKey::generate);
    Answer answer =
        calls.call(
            "POST",
            "/api/auth/public-keys",
            Map.of("public_key", key.publicKey(), "device_name", device()));
    boolean registered = answer.success() || answer.status() == 409;
    desk.store().update(credentials -> credentials.withPrivateKey(key, registered));
    if (!registered && !answer.missing()) {
      desk.console()
          .warn(
              "This machine's key was not registered: "
                  + ServerCalls.sentence(answer.problem())
                  + " Workers that ask for keys will refuse you.");
    }
    return registered;
  }

  /** The stored key, unless it is damaged: then a new one takes its place. */
  private static Optional<ChannelKey> key(Credentials credentials) {
    try {
      return credentials.privateKey();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String device() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unnamed";
    }
  }

  private static String state() {
    byte[] bytes = new byte[STATE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
