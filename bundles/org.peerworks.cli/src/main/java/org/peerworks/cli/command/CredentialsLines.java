package org.peerworks.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands about the credentials file. */
@Command(
    name = "credentials",
    description =
        "Look after what this machine keeps to prove who you are: ~/.sleap-rtc/credentials.json.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ${COMMAND-FULL-NAME} list")
final class CredentialsLines implements Group {

  @Mixin private HelpOptions help;

  @Override
  public List<Class<? extends Line>> lines() {
    return List.of(
        ListLine.class,
        ShowLine.class,
        ClearLine.class,
        SecretLine.class,
        TokenLine.class,
        KeyLine.class);
  }

  private abstract static class OneRoomLine extends OwnLine {

    @Parameters(paramLabel = "ROOM", description = "Id of the room.")
    private String room;

    @Mixin private ForceOption force;

    final String room() {
      return room;
    }

    final boolean force() {
      return force.given();
    }
  }

  @Command(
      name = "list",
      description = "List what is kept, without what is secret.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME}")
  static final class ListLine extends OwnLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new CredentialsInvocation.List(context);
    }
  }

  @Command(
      name = "show",
      description = "Show all that is kept; secrets only with --reveal.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --reveal")
  static final class ShowLine extends OwnLine {

    @Option(names = "--reveal", order = 1, description = "Print secrets.")
    private boolean reveal;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new CredentialsInvocation.Show(context, reveal);
    }
  }

  @Command(
      name = "clear",
      description = "Forget all of it.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --force")
  static final class ClearLine extends OwnLine {

    @Mixin private ForceOption force;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new CredentialsInvocation.Clear(context, force.given());
    }
  }

  @Command(
      name = "remove-secret",
      description = "Forget the secret of a room.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} 2f4919b3 --force")
  static final class SecretLine extends OneRoomLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new CredentialsInvocation.RemoveSecret(context, room(), force());
    }
  }

  @Command(
      name = "remove-token",
      description = "Forget the token of a room. It stays good; 'token revoke' makes it useless.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} 2f4919b3 --force")
  static final class TokenLine extends OneRoomLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new CredentialsInvocation.RemoveToken(context, room(), force());
    }
  }

  @Command(
      name = "remove-account-key",
      description = "Forget the key of the account. It stays good; 'key revoke' makes it useless.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --force")
  static final class KeyLine extends OwnLine {

    @Mixin private ForceOption force;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new CredentialsInvocation.RemoveAccountKey(context, force.given());
    }
  }
}
