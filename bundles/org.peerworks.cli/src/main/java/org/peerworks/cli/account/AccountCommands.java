package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.AccountInvocation;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.terminal.Console;
import org.peerworks.lib.account.Credentials;
import org.peerworks.lib.account.Credentials.User;

/** Says who the user is, signs in and out. */
public final class AccountCommands {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Console console;
  private final Browser browser;
  private final Duration pause;

  AccountCommands(Console console, Browser browser, Duration pause) {
    this.console = console;
    this.browser = browser;
    this.pause = pause;
  }

  public AccountCommands(Console console) {
    this(console, Browser.ofDesktop(), PAUSE);
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(AccountInvocation invocation) throws IOException, InterruptedException {
    Desk desk = new Desk(invocation.context(), console);
    if (invocation instanceof AccountInvocation.Login login) {
      return new SignIn(desk, browser, pause).run(login);
    } else if (invocation instanceof AccountInvocation.Logout) {
      return logout(desk);
    } else if (invocation instanceof AccountInvocation.WhoAmI) {
      return whoAmI(desk);
    }
    return status(desk);
  }

  private int logout(Desk desk) throws IOException {
    boolean in = desk.store().read().jwt().isPresent();
    if (in) {
      desk.store().update(Credentials::withoutLogin);
    }
    console.say(
        in
            ? "Signed out. Keys, tokens and secrets of rooms are still there: 'credentials list'."
            : "Nobody was signed in.");
    console.emit(Map.of("signedOut", in));
    return ExitStatus.SUCCESS;
  }

  private int whoAmI(Desk desk) throws IOException {
    Credentials credentials = desk.store().read();
    Optional<Instant> expires = credentials.jwt().flatMap(Jwt::expires);
    boolean in =
        credentials.jwt().isPresent()
            && expires.map(time -> time.isAfter(Instant.now())).orElse(true);
    if (console.json()) {
      console.emit(signIn(credentials, in, expires));
    } else if (in) {
      console.say(
          credentials.user().map(AccountCommands::named).orElse("Signed in")
              + expires.map(time -> ", until " + Times.shown(time)).orElse("")
              + ".");
    }
    if (!in) {
      console.warn(
          credentials.jwt().isPresent()
              ? "The sign-in expired at "
                  + expires.map(Times::shown).orElse("")
                  + ". Sign in again with 'login'."
              : "Nobody is signed in. Sign in with 'login'.");
    }
    return in ? ExitStatus.SUCCESS : ExitStatus.FAILED;
  }

  private static String named(User user) {
    return user.name().equals(user.id()) ? user.name() : user.name() + " (" + user.id() + ")";
  }

  private static Map<String, Object> signIn(
      Credentials credentials, boolean in, Optional<Instant> expires) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("signedIn", in);
    document.put("user", credentials.user().map(User::name).orElse(null));
    document.put("userId", credentials.user().map(User::id).orElse(null));
    document.put("expires", expires.map(Instant::toString).orElse(null));
    return document;
  }

  private int status(Desk desk) throws IOException, InterruptedException {
    Credentials credentials = desk.store().read();
    Optional<Instant> expires = credentials.jwt().flatMap(Jwt::expires);
    boolean in =
        credentials.jwt().isPresent()
            && expires.map(time -> time.isAfter(Instant.now())).orElse(true);
    Set<String> rooms = new TreeSet<>(credentials.tokens().keySet());
    rooms.addAll(credentials.roomSecrets().keySet());
    Health health = health(desk);
    Map<String, Object> document = signIn(credentials, in, expires);
    document.put("server", desk.context().server().orElseThrow().http().toString());
    document.put("webSocket", desk.context().server().orElseThrow().webSocket().toString());
    document.put("reachable", health.reachable());
    document.put("version", health.version());
    document.put("accountKey", credentials.accountKey().isPresent());
    document.put("publicKeyRegistered", credentials.publicKeyRegistered());
    document.put("defaultRoom", defaultRoom(desk, credentials).orElse(null));
    document.put("rooms", rooms);
    document.put("config", desk.context().places().config().toString());
    document.put("credentials", desk.store().file().toString());
    if (console.json()) {
      console.emit(document);
    } else {
      say(document, health);
    }
    if (desk.store().exposed()) {
      console.warn(
          "Warning: others can read '"
              + desk.store().file()
              + "'. Run: chmod 600 '"
              + desk.store().file()
              + "'");
    }
    return health.reachable() ? ExitStatus.SUCCESS : ExitStatus.NO_CONNECTION;
  }

  private static Optional<String> defaultRoom(Desk desk, Credentials credentials) {
    return desk.context().places().variable("SLEAP_RTC_DEFAULT_ROOM").or(credentials::defaultRoom);
  }

  private void say(Map<String, Object> document, Health health) {
    String until =
        document.get("expires") == null
            ? ""
            : " until " + Times.shown(Instant.parse((String) document.get("expires")));
    line("Server", document.get("server") + ": " + health.words());
    line(
        "Signed in",
        (boolean) document.get("signedIn") ? document.get("user") + until : "no; 'login' does it");
    line("Account key", (boolean) document.get("accountKey") ? "stored" : "none");
    line(
        "Machine's key",
        (boolean) document.get("publicKeyRegistered")
            ? "registered"
            : "not registered; 'login' does it");
    line(
        "Default room",
        document.get("defaultRoom") == null ? "none" : (String) document.get("defaultRoom"));
    line(
        "Known rooms",
        ((Set<?>) document.get("rooms")).isEmpty()
            ? "none"
            : String.join(
                ", ", ((Set<?>) document.get("rooms")).stream().map(Object::toString).toList()));
    line("Configuration", (String) document.get("config"));
    line("Credentials", (String) document.get("credentials"));
  }

  private void line(String title, String text) {
    console.say(String.format("%-15s %s", title + ":", text));
  }

  private record Health(boolean reachable, String version, String words) {}

  private static Health health(Desk desk) throws InterruptedException {
    try {
      JsonNode answer = desk.strangerCalls().get("/health");
      String version = Answers.text(answer, "version");
      return new Health(
          true, version, "answers" + (version.isEmpty() ? "" : ", version " + version));
    } catch (CommandFailure e) {
      return new Health(false, null, "does not answer. " + e.getMessage());
    }
  }
}
