package org.peerworks.job.process;

import java.lang.annotation.Annotation;

/** A configuration as Declarative Services would hand it over. */
@SuppressWarnings("ClassExplicitlyAnnotation")
record TestConfig(String[] programs, String[] environment, int nice, String[] limits)
    implements LocalProgramExecutor.Config {

  static TestConfig allowing(String... programs) {
    return new TestConfig(programs, new String[0], 0, new String[0]);
  }

  TestConfig withEnvironment(String... variables) {
    return new TestConfig(programs, variables, nice, limits);
  }

  TestConfig withLimits(int niceness, String... bounds) {
    return new TestConfig(programs, environment, niceness, bounds);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return LocalProgramExecutor.Config.class;
  }
}
