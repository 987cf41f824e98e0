package org.peerworks.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands about keys of the account. */
@Command(
    name = "key",
    description = "Look after the keys of your account, which let a worker into any of your rooms.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ${COMMAND-FULL-NAME} create --name gpu-1 --save")
final class KeyLines implements Group {

  @Mixin private HelpOptions help;

  @Override
  public List<Class<? extends Line>> lines() {
    return List.of(
        CreateLine.class, ListLine.class, RevokeLine.class, UseLine.class, ShowLine.class);
  }

  @Command(
      name = "create",
      description = "Make a key. The server shows it only now, so say where it goes.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ${COMMAND-FULL-NAME} --name gpu-1 --save",
        "  ${COMMAND-FULL-NAME} --name gpu-2 --reveal"
      })
  static final class CreateLine extends CallLine {

    @Option(
        names = {"-n", "--name"},
        paramLabel = "NAME",
        order = 1,
        defaultValue = "unnamed",
        description = "What it is for. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(names = "--save", order = 2, description = "Keep it in the credentials.")
    private boolean save;

    @Option(names = "--reveal", order = 3, description = "Print the key.")
    private boolean reveal;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      if (!save && !reveal) {
        throw new UsageException("Nobody would know the key. Add --save, or --reveal.");
      }
      return new KeyInvocation.Create(context, name, save, reveal);
    }
  }

  @Command(
      name = "list",
      description = "List your keys.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME}")
  static final class ListLine extends CallLine {

    @Option(
        names = "--full",
        order = 1,
        description = "Whole ids. Some servers have the key itself for its id.")
    private boolean full;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new KeyInvocation.List(context, full);
    }
  }

  @Command(
      name = "revoke",
      description = "Make a key useless at once.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} k-a1b2c3 --force")
  static final class RevokeLine extends CallLine {

    @Parameters(
        paramLabel = "KEY",
        description = "Id of the key, as 'key list' shows it; its beginning is enough.")
    private String id;

    @Mixin private ForceOption force;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new KeyInvocation.Revoke(context, id, force.given());
    }
  }

  @Command(
      name = "use",
      description = {
        "Keep a key in the credentials that was made elsewhere.",
        "Others on this machine can read what you type here in the list of processes: better -, or none."
      },
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} - < lab.key")
  static final class UseLine extends OwnLine {

    @Parameters(
        arity = "0..1",
        paramLabel = "KEY",
        description =
            "slp_acct_…, or - for standard input. Default: SLEAP_RTC_ACCOUNT_KEY, else a question.")
    private String key;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new KeyInvocation.Use(context, Optional.ofNullable(key));
    }
  }

  @Command(
      name = "show",
      description = "Show the key that workers and clients of this machine use.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --reveal")
  static final class ShowLine extends OwnLine {

    @Option(names = "--reveal", order = 1, description = "Print the key.")
    private boolean reveal;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new KeyInvocation.Show(context, reveal);
    }
  }
}
