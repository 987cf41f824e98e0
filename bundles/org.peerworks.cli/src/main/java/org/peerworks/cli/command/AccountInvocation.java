package org.peerworks.cli.command;

import java.time.Duration;

/** Who the user is. */
public sealed interface AccountInvocation extends OwnInvocation {

  /**
   * Signs in.
   *
   * @param timeout how long to wait for the person in the browser
   * @param browser whether one may be opened
   */
  record Login(Context context, Duration timeout, boolean browser) implements AccountInvocation {}

  /** Forgets the sign-in. */
  record Logout(Context context) implements AccountInvocation {}

  /** Says who is signed in. */
  record WhoAmI(Context context) implements AccountInvocation {}

  /** Says what is set and whether the server answers. */
  record Status(Context context) implements AccountInvocation {}
}
