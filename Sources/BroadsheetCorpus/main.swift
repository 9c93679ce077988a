import Glibc

exit(CorpusCommand.run(Array(CommandLine.arguments.dropFirst())))
