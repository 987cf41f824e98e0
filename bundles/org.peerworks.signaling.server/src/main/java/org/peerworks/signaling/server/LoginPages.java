package org.peerworks.signaling.server;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** What the login page shows at each step. */
final class LoginPages {

  private static final String NAME =
      "<label>Name<input name=\"username\" autocomplete=\"username\" autocapitalize=\"none\""
          + " maxlength=\"64\" required></label>";

  private LoginPages() {}

  /**
   * @param form must come back with the form
   * @param problem empty if there is none
   */
  static HttpReply login(
      int status, Optional<String> state, String form, String problem, Map<String, String> more) {
    String common = hidden(state, form);
    String body =
        problem(problem)
            + "<form method=\"post\" action=\"/login\">"
            + common
            + NAME
            + "<label>Password<input name=\"password\" type=\"password\""
            + " autocomplete=\"current-password\" required></label>"
            + "<button>Log in</button></form>"
            + "<details><summary>New here, with an invite code?</summary>"
            + "<form method=\"post\" action=\"/join\">"
            + common
            + "<label>Invite code<input name=\"invite_code\" maxlength=\"16\" autocomplete=\"off\""
            + " required></label>"
            + NAME
            + "<label>Password, 10 characters or more<input name=\"password\" type=\"password\""
            + " autocomplete=\"new-password\" minlength=\"10\" maxlength=\"200\" required></label>"
            + "<button>Make an account</button></form></details>"
            + "<p>No account? The administrator of this server makes one with <code>peerworks"
            + " signal user add NAME</code>.</p>";
    return Page.of(status, "Log in to this signalling server", body, more);
  }

  /**
   * Says what is granted to whom, and grants nothing yet.
   *
   * @param asking where the program is that asks, if it has asked
   * @param browser where this page is shown
   */
  static HttpReply consent(
      String state, String form, String user, Optional<InetAddress> asking, InetAddress browser) {
    boolean elsewhere = asking.isPresent() && !asking.get().equals(browser);
    String body =
        "<p>A program on a command line wants to act as you.</p><dl><dt>Your account</dt><dd>"
            + Page.text(user)
            + "</dd><dt>It may, for 7 days</dt><dd>enter your rooms, make and delete rooms, invite"
            + " people, and make keys and tokens</dd><dt>Its request</dt><dd><code>"
            + Page.text(state)
            + "</code></dd><dt>Where it runs</dt><dd>"
            + Page.text(asking.map(InetAddress::getHostAddress).orElse("has not asked yet"))
            + "</dd></dl>"
            + (elsewhere
                ? "<p class=\"warn\">It does not run on the machine of this browser.</p>"
                : "")
            + "<p class=\"warn\">Grant this only if you have just started a login yourself, and the"
            + " address that it printed ends with the request above. Who sent you a link could"
            + " otherwise act as you.</p>"
            + (asking.isPresent()
                ? "<form method=\"post\" action=\"/api/auth/cli/deposit\">"
                    + hidden(Optional.of(state), form)
                    + "<button>Grant</button></form>"
                : "<p class=\"warn\">Nothing can be granted before the program has asked. If you have"
                    + " just started it, load this page again.</p>")
            + logout(form);
    return Page.of(200, "Let a program log in as you?", body, Map.of());
  }

  static HttpReply granted(String user) {
    return Page.of(
        200,
        "Logged in",
        "<p>The program has five minutes to fetch its login as <strong>"
            + Page.text(user)
            + "</strong>. You can close this page.</p>",
        Map.of());
  }

  static HttpReply home(String user, String form) {
    return Page.of(
        200,
        "Signalling server",
        "<p>You are logged in as <strong>"
            + Page.text(user)
            + "</strong>. Use <code>peerworks login</code>, and the page that it opens, to let a"
            + " program act as you.</p>"
            + logout(form),
        Map.of());
  }

  static HttpReply failed(int status, String problem) {
    return Page.of(
        status,
        "That did not work",
        problem(problem) + "<p>Go back to the program, and start the login again.</p>",
        Map.of());
  }

  private static String logout(String form) {
    return "<form method=\"post\" action=\"/logout\">"
        + Page.hidden("form", form)
        + "<button class=\"quiet\">Log out, grant nothing</button></form>";
  }

  private static String hidden(Optional<String> state, String form) {
    return Page.hidden("form", form) + state.map(is -> Page.hidden("cli_state", is)).orElse("");
  }

  private static String problem(String problem) {
    return problem.isEmpty()
        ? ""
        : "<p class=\"bad\" role=\"alert\">" + Page.text(problem) + "</p>";
  }
}
