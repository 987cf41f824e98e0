package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.peerworks.signaling.server.accounts.Logins;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;
import org.peerworks.signaling.server.basic.AddressLimits;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;
import org.peerworks.signaling.server.basic.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The login that programs on a command line wait for (sleap-rtc wire format): they open {@code
 * /?cli_state=…} in a browser and poll. A person logs in there, is shown what is asked for, and
 * grants it with a click. Nothing is granted by a link, by a login alone, or by a call without the
 * browser's session; each form must have been made for the browser that sends it.
 */
final class LoginCalls {

  private static final Logger LOG = LoggerFactory.getLogger(LoginCalls.class);
  private static final String SESSION = "peerworks_session";
  private static final String FORM = "peerworks_form";
  private static final int FORM_LENGTH = 32;

  private final Users users;
  private final Logins logins;
  private final Members members;
  private final CliLogins waiting;
  private final BrowserSessions sessions;
  private final AddressLimits tries;
  private final boolean inviteAccounts;

  LoginCalls(
      Users users,
      Logins logins,
      Members members,
      CliLogins waiting,
      BrowserSessions sessions,
      Limits limits,
      boolean inviteAccounts) {
    this.users = users;
    this.logins = logins;
    this.members = members;
    this.waiting = waiting;
    this.sessions = sessions;
    this.tries = new AddressLimits(limits.loginsPerMinute(), System::nanoTime);
    this.inviteAccounts = inviteAccounts;
  }

  void addTo(Router router) {
    router
        .on("GET", "/", this::page)
        .on("POST", "/login", this::login)
        .on("POST", "/join", this::join)
        .on("POST", "/logout", this::logout)
        .on("POST", "/api/auth/cli/deposit", this::deposit)
        .on("GET", "/api/auth/cli/poll", this::poll);
  }

  private HttpReply page(HttpCall call) {
    Optional<String> state = call.parameter("cli_state");
    if (state.isPresent() && !CliLogins.isState(state.get())) {
      return LoginPages.failed(400, "The address is damaged: its 'cli_state' is no request.");
    }
    Optional<User> user = user(call);
    Optional<String> form = call.cookie(FORM).filter(LoginCalls::isForm);
    if (user.isEmpty() || form.isEmpty()) {
      return loginPage(200, call, state, "");
    }
    return state
        .map(
            wanted ->
                LoginPages.consent(
                    wanted, form.get(), user.get().name(), waiting.asking(wanted), call.caller()))
        .orElseGet(() -> LoginPages.home(user.get().name(), form.get()));
  }

  private HttpReply loginPage(int status, HttpCall call, Optional<String> state, String problem) {
    Optional<String> known = call.cookie(FORM).filter(LoginCalls::isForm);
    String form = known.orElseGet(() -> Secrets.dense(FORM_LENGTH));
    return LoginPages.login(
        status, state, form, problem, Map.of("Set-Cookie", cookie(FORM, form, call)));
  }

  private HttpReply login(HttpCall call) throws IOException {
    if (!ownForm(call)) {
      return loginPage(403, call, state(call), "The form was old. Try once more.");
    }
    if (!tries.take(call.caller())) {
      return loginPage(429, call, state(call), "Too many tries. Wait a minute.");
    }
    try {
      String name = call.field("username").orElse("").strip();
      Optional<User> user = users.login(name, call.field("password").orElse(""));
      if (user.isEmpty()) {
        LOG.info("A login failed from '{}'", call.caller().getHostAddress());
        return loginPage(401, call, state(call), "Name or password is wrong.");
      }
      return begin(call, user.get());
    } catch (Refusal e) {
      return loginPage(429, call, state(call), e.getMessage());
    }
  }

  private HttpReply join(HttpCall call) throws IOException {
    if (!ownForm(call)) {
      return loginPage(403, call, state(call), "The form was old. Try once more.");
    }
    if (!inviteAccounts) {
      return loginPage(
          403, call, state(call), "On this server only the administrator makes accounts.");
    }
    if (!tries.take(call.caller())) {
      return loginPage(429, call, state(call), "Too many tries. Wait a minute.");
    }
    try {
      return begin(
          call,
          members.welcome(
              call.field("invite_code").orElse(""),
              call.caller(),
              call.field("username").orElse("").strip(),
              call.field("password").orElse("")));
    } catch (Refusal e) {
      return loginPage(400, call, state(call), e.getMessage());
    }
  }

  /** The browser is known from now on; what it wanted is shown to it, and not done. */
  private HttpReply begin(HttpCall call, User user) {
    LOG.info("Account '{}' logged in from '{}'", user.name(), call.caller().getHostAddress());
    Map<String, String> headers = new HashMap<>();
    headers.put("Location", state(call).map(is -> "/?cli_state=" + is).orElse("/"));
    headers.put("Set-Cookie", cookie(SESSION, sessions.begin(user.id()), call));
    return new HttpReply(303, "text/plain", "", Map.copyOf(headers));
  }

  private HttpReply logout(HttpCall call) {
    if (ownForm(call)) {
      call.cookie(SESSION).ifPresent(sessions::end);
    }
    return new HttpReply(303, "text/plain", "", Map.of("Location", "/"));
  }

  private HttpReply deposit(HttpCall call) {
    Optional<User> user = user(call);
    Optional<String> state = state(call);
    if (user.isEmpty() || !ownForm(call)) {
      return call.field("form").isPresent()
          ? LoginPages.failed(401, "You are not logged in any more.")
          : HttpReply.error(
              401, "Only the login page of this server may do this, after a person's click.");
    }
    if (state.isEmpty()) {
      return LoginPages.failed(422, "It is not known what is to be granted.");
    }
    try {
      waiting.leave(state.get(), user.get().id());
    } catch (HttpRefusal e) {
      return LoginPages.failed(e.status(), e.getMessage());
    }
    LOG.info("Account '{}' let a program log in", user.get().name());
    return LoginPages.granted(user.get().name());
  }

  private HttpReply poll(HttpCall call) throws Refusal, IOException {
    String state =
        call.parameter("state")
            .filter(CliLogins::isState)
            .orElseThrow(
                () -> new HttpRefusal(422, "'state' must be 16 to 128 letters, digits, '-', '_'."));
    Optional<User> user = waiting.take(state, call.caller()).flatMap(users::find);
    if (user.isEmpty()) {
      return HttpReply.json(202, Json.object().put("status", "pending"));
    }
    ObjectNode reply = Json.object().put("jwt", logins.issue(user.get()));
    reply
        .putObject("user")
        .put("user_id", user.get().id())
        .put("username", user.get().name())
        .put("avatar_url", "");
    return HttpReply.ok(reply);
  }

  private Optional<User> user(HttpCall call) {
    return call.cookie(SESSION).flatMap(sessions::user).flatMap(users::find);
  }

  private static Optional<String> state(HttpCall call) {
    return call.field("cli_state").filter(CliLogins::isState);
  }

  /** Whether this server made the form for this browser: others cannot read its cookie. */
  private static boolean ownForm(HttpCall call) {
    Optional<String> cookie = call.cookie(FORM).filter(LoginCalls::isForm);
    return cookie.isPresent()
        && call.field("form").filter(form -> Secrets.same(form, cookie.get())).isPresent();
  }

  private static boolean isForm(String text) {
    return text.length() == FORM_LENGTH && CliLogins.isState(text);
  }

  private static String cookie(String name, String value, HttpCall call) {
    return name
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + BrowserSessions.LIFETIME.toSeconds()
        + (call.secure() ? "; Secure" : "");
  }
}
