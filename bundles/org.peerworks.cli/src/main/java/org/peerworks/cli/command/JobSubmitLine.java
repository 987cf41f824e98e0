package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = {
      "Hand in a job of any type that the worker has, follow it and fetch what it returns.",
      "'job types' lists the types, 'job types TYPE' says what parameters one takes. Ctrl-C cancels"
          + " the job; twice leaves at once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} sort-lines --param unique=true words.txt -s \"sleap-session:eyJy…\"",
      "  ${COMMAND-FULL-NAME} sort-lines --params job.json a.txt b.txt --output sorted -s \"…\"",
      "",
      "Exit status: 0 success, 1 job failed, 2 usage, 3 no connection, 4 refused, 130 cancelled."
    })
final class JobSubmitLine extends JobLines.JobLine {

  @Parameters(index = "0", paramLabel = "TYPE", description = "Name of the job type.")
  private String type;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files that go along, under their own names.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      order = 1,
      description =
          "A parameter. The type says whether its value is a text, a number, true or false; other"
              + " values are JSON. Repeated with one name, it is a list.")
  private List<String> values = new ArrayList<>();

  @Option(
      names = "--params",
      paramLabel = "FILE",
      order = 2,
      description = "Parameters as a JSON object in a file; --param is put over them.")
  private Path parameters;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      order = 3,
      description =
          "Folder for the files that the job returns; those of the same name are replaced."
              + " Default: a new one, job_<id>.")
  private Path output;

  @Mixin private SubmissionOptions submission;

  @Override
  Invocation command(Surroundings surroundings) {
    for (String value : values) {
      if (value.indexOf('=') < 1) {
        throw new UsageException("--param is NAME=VALUE, but was '" + value + "'.");
      }
    }
    return new Invocation.JobSubmit(
        target(surroundings),
        submission.submission(),
        type,
        files.stream().map(file -> options().resolve(file, surroundings)).toList(),
        List.copyOf(values),
        Optional.ofNullable(parameters).map(file -> options().resolve(file, surroundings)),
        Optional.ofNullable(output).map(folder -> options().resolve(folder, surroundings)));
  }
}
