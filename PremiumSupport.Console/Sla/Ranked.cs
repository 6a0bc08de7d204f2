namespace PremiumSupport.Sla;

/// <summary>Finds what would stand at a place of sorted values without sorting them all: percentiles of a hundred thousand answers are asked with every change of a desk.</summary>
internal static class Ranked
{
    // Below this, and after so many cuts that went badly, sorting what is left is quicker.
    private const int Few = 32;
    private const int MostCuts = 64;

    /// <summary>The value at a place, from 0; afterwards nothing before it is greater and nothing behind it smaller.</summary>
    public static long At(Span<long> values, int place)
    {
        var (low, high) = (0, values.Length - 1);
        for (var cut = 0; high - low >= Few && cut < MostCuts; cut++)
        {
            var pivot = Middle(values[low], values[low + ((high - low) / 2)], values[high]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right--], values[left++]);
                }
            }

            if (place > right && place < left)
            {
                return values[place];
            }

            (low, high) = place <= right ? (low, right) : (left, high);
        }

        values[low..(high + 1)].Sort();
        return values[place];
    }

    private static long Middle(long one, long two, long three) => Math.Max(Math.Min(one, two), Math.Min(Math.Max(one, two), three));
}
