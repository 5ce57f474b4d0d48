using ChainRule.Cli;

return CommandLine.Run(args);
