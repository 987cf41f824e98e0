package org.peerworks.cli.command;

/** What the credentials file holds. */
public sealed interface CredentialsInvocation extends OwnInvocation {

  /** Lists what is there. */
  record List(Context context) implements CredentialsInvocation {}

  /** Shows all of it; secrets only if told so. */
  record Show(Context context, boolean reveal) implements CredentialsInvocation {}

  /** Forgets all. */
  record Clear(Context context, boolean force) implements CredentialsInvocation {}

  /** Forgets the secret of a room. */
  record RemoveSecret(Context context, String room, boolean force)
      implements CredentialsInvocation {}

  /** Forgets the token of a room. */
  record RemoveToken(Context context, String room, boolean force)
      implements CredentialsInvocation {}

  /** Forgets the account's key. */
  record RemoveAccountKey(Context context, boolean force) implements CredentialsInvocation {}
}
