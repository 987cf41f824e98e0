package org.peerworks.signaling.server;

import java.util.List;

/** Calls of other servers that this one does not have; it says so, and what to do instead. */
final class MissingCalls {

  private static final String NO_SEALED =
      "This server passes nothing on that it cannot read. Use /api/jobs and /api/fs, or WebRTC.";

  private static final List<String> SEALED =
      List.of("/api/worker/key", "/api/worker/fs", "/api/worker/job");

  private MissingCalls() {}

  static void addTo(Router router) {
    SEALED.forEach(path -> router.on("POST", path, call -> HttpReply.error(501, NO_SEALED)));
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
