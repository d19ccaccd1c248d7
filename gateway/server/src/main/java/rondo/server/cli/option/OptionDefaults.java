package rondo.server.cli.option;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;

/**
 * The value of an option without a flag comes from the environment ({@code --s3-listen} is {@code
 * RONDO_S3_LISTEN}), then from the file of {@code --config} ({@code s3-listen=...}), then from the
 * option's own default.
 */
public final class OptionDefaults implements IDefaultValueProvider {
  private final Map<String, String> environment;
  private final ConfigFile file;

  /**
   * @throws StartException when the file that the arguments or the environment name can't be read
   */
  OptionDefaults(Map<String, String> environment, String... arguments) {
    this.environment = environment;
    this.file = ConfigFile.read(configFile(environment, arguments));
  }

  /**
   * Makes a command line of {@code command}. An option without a flag takes its value from {@code
   * environment}.
   *
   * @throws StartException when the configuration file can't be read or has an unknown setting
   */
  public static CommandLine commandLine(
      Object command, Map<String, String> environment, String... arguments) {
    var line = new CommandLine(command);
    line.registerConverter(HostPort.class, OptionDefaults::hostPort);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    var defaults = new OptionDefaults(environment, arguments);
    defaults.file.requireKnown(line);
    line.setDefaultValueProvider(defaults);
    return line;
  }

  private static HostPort hostPort(String text) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  static String variable(String longName) {
    return "RONDO_" + key(longName).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String key(String longName) {
    return longName.substring(2);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !option.longestName().startsWith("--")) {
      return null;
    }
    String value = environment.get(variable(option.longestName()));
    if (value == null || value.isEmpty()) {
      value = file.value(key(option.longestName()));
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable String configFile(Map<String, String> environment, String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--config=")) {
        return arguments[i].substring("--config=".length());
      }
      if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
    }
    return environment.get("RONDO_CONFIG");
  }
}
