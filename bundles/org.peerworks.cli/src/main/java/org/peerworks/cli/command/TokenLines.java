package org.peerworks.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands about tokens. */
@Command(
    name = "token",
    description = "Look after the tokens that let workers into a room.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ${COMMAND-FULL-NAME} create --room 2f4919b3 --name gpu-1")
final class TokenLines implements Group {

  @Mixin private HelpOptions help;

  @Override
  public List<Class<? extends Line>> lines() {
    return List.of(
        CreateLine.class, ListLine.class, RevokeLine.class, DeleteLine.class, CleanUpLine.class);
  }

  private abstract static class OneTokenLine extends CallLine {

    @Parameters(
        paramLabel = "TOKEN",
        description = "Id of the token, as 'token list' shows it; its beginning is enough.")
    private String id;

    @Mixin private ForceOption force;

    final String id() {
      return id;
    }

    final boolean force() {
      return force.given();
    }
  }

  @Command(
      name = "create",
      description = "Make a token for one worker.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  # For a worker on this machine: 'worker --room 2f4919b3' finds it",
        "  ${COMMAND-FULL-NAME} --room 2f4919b3 --name gpu-1",
        "",
        "  # For a worker elsewhere",
        "  ${COMMAND-FULL-NAME} --room 2f4919b3 --name gpu-2 --no-save"
      })
  static final class CreateLine extends CallLine {

    @Option(
        names = {"-r", "--room"},
        paramLabel = "ROOM",
        order = 1,
        required = true,
        description = "Id of the room.")
    private String room;

    @Option(
        names = {"-n", "--name"},
        paramLabel = "NAME",
        order = 2,
        required = true,
        description = "Name of the worker.")
    private String name;

    @Option(
        names = {"-e", "--expires"},
        paramLabel = "DAYS",
        order = 3,
        defaultValue = "7",
        converter = Days.class,
        description = "Days until it expires. Default: ${DEFAULT-VALUE}.")
    private int days;

    @Option(
        names = "--save",
        order = 4,
        negatable = true,
        defaultValue = "true",
        fallbackValue = "true",
        description = "Keep it in the credentials. The default.")
    private boolean save;

    @Option(
        names = "--reveal",
        order = 5,
        description = "Print the token, which --no-save does, too.")
    private boolean reveal;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      // Nobody would know it otherwise, and scripts of the first programs have just the one word.
      return new TokenInvocation.Create(context, room, name, days, save, reveal || !save);
    }
  }

  @Command(
      name = "list",
      description = "List your tokens, without what is secret.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --room 2f4919b3 --active")
  static final class ListLine extends CallLine {

    @Option(
        names = {"-r", "--room"},
        paramLabel = "ROOM",
        order = 1,
        description = "Only tokens of this room.")
    private String room;

    @Option(
        names = {"-a", "--active", "--active-only"},
        order = 2,
        description = "Neither revoked nor expired ones.")
    private boolean active;

    @Option(
        names = {"-s", "--sort"},
        paramLabel = "BY",
        order = 3,
        defaultValue = "created",
        description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private TokenInvocation.Sort sort;

    @Option(names = "--reverse", order = 4, description = "The other way round.")
    private boolean reverse;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new TokenInvocation.List(context, Optional.ofNullable(room), active, sort, reverse);
    }
  }

  @Command(
      name = "revoke",
      description = "Make a token useless at once; the worker that came in with it is put out.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} slp_a1b2c3 --force")
  static final class RevokeLine extends OneTokenLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new TokenInvocation.Revoke(context, id(), force());
    }
  }

  @Command(
      name = "delete",
      description = "Take a token out of the list.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} slp_a1b2c3 --force")
  static final class DeleteLine extends OneTokenLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new TokenInvocation.Delete(context, id(), force());
    }
  }

  @Command(
      name = "cleanup",
      description = "Take all tokens out of the list that are revoked or expired.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --room 2f4919b3 --force")
  static final class CleanUpLine extends CallLine {

    @Option(
        names = {"-r", "--room"},
        paramLabel = "ROOM",
        order = 1,
        description = "Only tokens of this room.")
    private String room;

    @Mixin private ForceOption force;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new TokenInvocation.CleanUp(context, Optional.ofNullable(room), force.given());
    }
  }

  /** How long a token is good. */
  static final class Days implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return Numbers.between(value, 1, 365);
    }
  }
}
