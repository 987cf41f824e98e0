package org.peerworks.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends the log to a file that is rolled, and what an operator must see to standard error. */
final class LogSetup {

  private static final String FILE_PATTERN = "%d{ISO8601} %-5level [%thread] %logger{30} - %msg%n";
  private static final String CONSOLE_PATTERN = "%d{HH:mm:ss} %-5level %msg%cause%n%nopex";

  private LogSetup() {}

  /**
   * @param file the newest log file
   * @param limits how much of it is kept
   * @param console lowest level that goes to standard error
   */
  static void configure(Path file, LogLimits limits, Level console) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(file(context, file, limits));
    root.addAppender(console(context, console));
    // What logs through java.util.logging, Flyway for one, ends up here too.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    context.getLogger("org.apache.felix.http").setLevel(Level.ERROR);
    context.getLogger("org.flywaydb").setLevel(Level.WARN);
  }

  private static Appender<ILoggingEvent> file(LoggerContext context, Path file, LogLimits limits) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(file.toString());
    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(appender);
    window.setFileNamePattern(file + ".%i");
    window.setMinIndex(1);
    window.setMaxIndex(limits.files());
    window.start();
    LogSize size = new LogSize((long) limits.megabytes() << 20);
    size.setContext(context);
    size.start();
    appender.setRollingPolicy(window);
    appender.setTriggeringPolicy(size);
    return started(context, appender, FILE_PATTERN);
  }

  private static Appender<ILoggingEvent> console(LoggerContext context, Level level) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(level.toString());
    filter.start();
    appender.addFilter(filter);
    return started(context, appender, CONSOLE_PATTERN);
  }

  private static Appender<ILoggingEvent> started(
      LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String pattern) {
    Map<String, String> converters = new HashMap<>();
    converters.put("cause", CauseConverter.class.getName());
    context.putObject(CoreConstants.PATTERN_RULE_REGISTRY, converters);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
