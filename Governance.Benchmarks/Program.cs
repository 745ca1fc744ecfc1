Console.WriteLine("Governance.Benchmarks");
