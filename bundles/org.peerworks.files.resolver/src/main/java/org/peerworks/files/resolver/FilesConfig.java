package org.peerworks.files.resolver;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "File resolver",
    description =
        "Which directories of this worker clients may look into, and how they are searched")
@interface FilesConfig {

  @AttributeDefinition(
      description =
          "Mounts, separated by commas: 'label=/absolute/path', or only the path; a relative path"
              + " starts from the working directory")
  String[] mounts() default {};

  @AttributeDefinition(
      description =
          "What relative paths start from; empty for the first mount. The option --working-dir sets"
              + " it too")
  String workingDirectory() default "";

  @AttributeDefinition(
      description =
          "Whether mounts and working directory of sleap-rtc's configuration (sleap-rtc.toml in the"
              + " current directory, else ~/.sleap-rtc/config.toml) are taken too")
  boolean sleapRtcConfiguration() default true;

  @AttributeDefinition(
      description = "How many directories below a mount a search goes down at most",
      min = "0",
      max = "64")
  int maxDepth() default 5;

  @AttributeDefinition(
      description = "Longest time that one search may take, in seconds",
      min = "1",
      max = "600")
  int searchSeconds() default 10;

  @AttributeDefinition(
      description = "Time after which a mount is said not to answer, in seconds",
      min = "1",
      max = "600")
  int answerSeconds() default 10;

  @AttributeDefinition(
      description =
          "How long a look at an unchanged directory is kept, in seconds; 0 for not at all",
      min = "0",
      max = "60")
  int cacheSeconds() default 5;

  @AttributeDefinition(description = "Most searches at once", min = "1", max = "1000")
  int maxSearches() default 16;

  @AttributeDefinition(
      description = "Most entries of a directory that is listed",
      min = "1000",
      max = "10000000")
  int maxEntries() default 500_000;

  @AttributeDefinition(
      description =
          "How long copies of projects in the data directory (files/projects) are kept, in days",
      min = "1",
      max = "3650")
  int keepDays() default 7;

  @AttributeDefinition(
      description = "Most bytes of a project (.slp) whose videos are looked at or changed",
      min = "1",
      max = "1125899906842624")
  long maxProjectBytes() default 64L << 30;

  @AttributeDefinition(
      description =
          "Longest time that reading a project may take, in seconds; a file can be made so that it"
              + " is read for ever",
      min = "1",
      max = "3600")
  int projectSeconds() default 60;
}
