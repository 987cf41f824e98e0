package org.peerworks.signaling.server;

import java.util.List;

/** Calls of other servers that this one does not have; it says so, and what to do instead. */
final class MissingCalls {

  private static final String NO_RELAY =
      "This server passes no jobs and files on: it has no relay. Connect to the worker over WebRTC.";

  private static final List<String> RELAYED =
      List.of(
          "/api/jobs/submit",
          "/api/jobs/{job}/cancel",
          "/api/fs/list",
          "/api/worker/key",
          "/api/worker/fs",
          "/api/worker/job");

  private MissingCalls() {}

  static void addTo(Router router) {
    RELAYED.forEach(path -> router.on("POST", path, call -> HttpReply.error(501, NO_RELAY)));
    router.on(
        "POST",
        "/api/auth/github/callback",
        call ->
            HttpReply.error(
                501, "This server has accounts of its own, not GitHub's. Log in on its page."));
    router.on(
        "POST",
        "/api/auth/rooms/{room}/verify-otp",
        call -> HttpReply.error(501, "This server has no one-time passwords. Use an invite code."));
  }
}
