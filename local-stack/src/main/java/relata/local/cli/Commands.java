package relata.local.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands; those that look at the environment are given it. */
final class Commands implements IFactory {
  private final Map<String, String> environment;

  Commands(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == DemoCommand.class) {
      return type.cast(new DemoCommand(environment));
    }
    if (type == UpCommand.class) {
      return type.cast(new UpCommand(environment));
    }
    if (type == BackfillCommand.class) {
      return type.cast(new BackfillCommand(environment));
    }
    if (type == EvalCommand.class) {
      return type.cast(new EvalCommand(environment));
    }
    if (type == ApiOptions.class) {
      return type.cast(new ApiOptions(environment));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
