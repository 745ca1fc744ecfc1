namespace Governance.Api.Face;

// Words of the interface: how an area adds its own.
//
// 1. Beside the pages of an area put an empty class and two files: `Members/MemberText.cs`, `Members/MemberText.resx`
//    (French, the neutral language) and `Members/MemberText.en.resx` (English, every key).
// 2. In the page: `@inject IStringLocalizer<MemberText> T`, then `@T["Title"]` or `@T["Since", DateWording.Full(day)]`.
// 3. A count takes two keys, `Seats.One` and `Seats.Other`, and is read with `T.Count("Seats", n)`: French says
//    « 0 siège », English says "0 seats", the right key is chosen by the language.
// 4. Write an ordinary space before : ; ! ? » and after « in the French file: it becomes a no-break space when shown.
// A test compares the keys of every pair of files and looks up every key that a page names.

/// <summary>The words of the frame and of the shared components (Text.resx, Text.en.resx).</summary>
public sealed class Text;
