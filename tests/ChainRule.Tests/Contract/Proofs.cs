using ChainRule.Tests.Accuracy;
using ChainRule.Tests.Autograd;
using ChainRule.Tests.Core;
using ChainRule.Tests.Determinism;
using ChainRule.Tests.Formats;
using ChainRule.Tests.Laws;
using ChainRule.Tests.Memory;
using ChainRule.Tests.Nn;
using ChainRule.Tests.Ops;
using InPlaceTests = ChainRule.Tests.Autograd.InPlaceTests;

namespace ChainRule.Tests.Contract;

/// <summary>Which test proves which row of the numeric contract.</summary>
internal static class Proofs
{
    /// <summary>The numbers of all hard cases and promises.</summary>
    public static string[] Rows { get; } =
    [
        .. Numbered("H", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 17, 18, 19, 20, 21, 22, 23, 25, 27, 28, 29, 30, 31, 33, 35, 36, 38, 39, 40, 41, 43, 44, 47, 48, 50, 51, 52, 54, 55, 57, 58, 59, 60, 62, 63, 64, 65, 67, 68, 70, 71, 72),
        .. Enumerable.Range(1, 24).Select(number => $"P{number}"),
    ];

    /// <summary>Promises about what this assembly does not have, or that it does not yet keep to the letter.</summary>
    public static IReadOnlyDictionary<string, string> Open { get; } = new Dictionary<string, string>
    {
        ["P13"] = "there is no reader of ONNX",
        ["P17"] = "there is no reader of npz",
        ["P23"] = "a time, which benchmarks report and tests do not assert",
    };

    /// <summary>Promises that tests of other projects prove: they need a browser, or the writer of TensorBoard's files.</summary>
    public static ProofElsewhere[] Elsewhere { get; } =
    [
        new("P22", "ChainRule.TensorBoard.Tests/Crc32CTests.cs", "The_vectors_of_RFC_3720_hold"),
        new("P22", "ChainRule.TensorBoard.Tests/TensorBoardWriterTests.cs", "A_file_cut_anywhere_gives_what_is_whole"),
        new("P22", "ChainRule.TensorBoard.Tests/TensorBoardWriterTests.cs", "A_changed_byte_is_found_and_named"),
        new("P24", "ChainRule.Playground.Tests/Pages/BadgeTests.cs", "The_exported_program_prints_the_hash_of_the_page_in_portable_mode"),
    ];

    public static Proof[] All { get; } = [.. HardCases, .. Promises];

    private static IEnumerable<Proof> HardCases =>
    [
        new("H01", typeof(IndexingHardCases), nameof(IndexingHardCases.H01_The_norm_of_the_zero_vector_has_gradient_0)),
        new("H02", typeof(IndexingHardCases), nameof(IndexingHardCases.H02_All_spellings_of_the_norm_of_a_zero_matrix_have_gradient_0)),
        new("H03", typeof(IndexingHardCases), nameof(IndexingHardCases.H03_Normalizing_by_the_sum_of_magnitudes_stays_finite_beside_zeros)),
        new("H04", typeof(IndexingHardCases), nameof(IndexingHardCases.H04_A_clamped_norm_divides_by_its_bound_at_0)),
        new("H05", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H06", typeof(HardCasesByNumber), nameof(HardCasesByNumber.H06_The_root_of_a_square_has_no_derivative_at_0_and_the_absolute_value_has_0)),
        new("H07", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H08", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Acos_of_cos_at_0_has_no_derivative_and_says_NaN_rather_than_a_number)),
        new("H09", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H10", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H11", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H12", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H14", typeof(HardCasesByNumber), nameof(HardCasesByNumber.H14_The_angle_of_the_origin_has_gradient_0)),
        new("H15", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.An_angle_that_a_mask_drops_adds_nothing)),
        new("H17", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Every_spelling_of_a_bound_has_slope_0_there)),
        new("H18", typeof(IndexingHardCases), nameof(IndexingHardCases.H18_Equal_operands_of_maximum_share_equally)),
        new("H19", typeof(IndexingHardCases), nameof(IndexingHardCases.H19_Equal_extrema_and_medians_share_equally)),
        new("H20", typeof(HardCaseTests), nameof(HardCaseTests.H20_the_share_of_more_equal_elements_than_float32_can_count)),
        new("H21", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Equal_bounds_of_clamp_share_a_gradient_of_1)),
        new("H22", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H23", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H25", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H27", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H28", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H29", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H30", typeof(IndexingHardCases), nameof(IndexingHardCases.H30_The_gradient_of_a_product_is_right_where_factors_are_0)),
        new("H31", typeof(IndexingHardCases), nameof(IndexingHardCases.H31_The_Hessian_of_a_product_with_two_zeros_keeps_their_own_entry)),
        new("H33", typeof(IndexingHardCases), nameof(IndexingHardCases.H33_The_gradient_of_running_products_is_right_where_factors_are_0)),
        new("H35", typeof(IndexingHardCases), nameof(IndexingHardCases.H35_Scans_of_nothing_have_a_gradient_of_nothing)),
        new("H36", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H38", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H39", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H40", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H41", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Sinc_has_all_its_derivatives_at_0)),
        new("H43", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Slopes_of_saturated_functions_are_small_but_not_0)),
        new("H44", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Slopes_of_saturated_functions_are_small_but_not_0)),
        new("H47", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Ldexp_takes_negative_integers)),
        new("H48", typeof(ElementwiseHardCases), nameof(ElementwiseHardCases.Softplus_of_a_large_number_is_the_number)),
        new("H50", typeof(HardCasesByNumber), nameof(HardCasesByNumber.H50_A_wrong_logit_far_out_keeps_its_whole_gradient)),
        new("H51", typeof(HardCasesByNumber), nameof(HardCasesByNumber.H51_A_target_probability_of_0_adds_nothing_to_the_divergence)),
        new("H52", typeof(CrossEntropyTests), nameof(CrossEntropyTests.If_all_samples_are_ignored_loss_and_gradient_are_zero)),
        new("H54", typeof(HardCasesByNumber), nameof(HardCasesByNumber.H54_The_smooth_error_without_a_smooth_part_has_slope_0_at_0)),
        new("H55", typeof(IndexingHardCases), nameof(IndexingHardCases.H55_Repeated_positions_add_their_cotangents)),
        new("H57", typeof(IndexingHardCases), nameof(IndexingHardCases.H57_Of_several_writers_the_last_wins_and_only_it_gets_a_gradient)),
        new("H58", typeof(IndexingHardCases), nameof(IndexingHardCases.H58_A_source_larger_than_the_positions_gets_zeros_where_it_is_not_used)),
        new("H59", typeof(NormalizationTests), nameof(NormalizationTests.The_row_of_the_padding_index_gets_no_gradient)),
        new("H60", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H62", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("H63", typeof(InPlaceTests), nameof(InPlaceTests.A_changed_constant_that_the_gradient_needs_is_refused)),
        new("H63", typeof(InPlaceTests), nameof(InPlaceTests.One_of_many_views_guards_them_all)),
        new("H64", typeof(HardCasesByNumber), nameof(HardCasesByNumber.H64_The_gradient_of_the_determinant_of_a_singular_matrix_is_its_cofactors)),
        new("H65", typeof(NormalizationTests), nameof(NormalizationTests.Layer_norm_over_one_element_is_the_bias_and_its_weight_has_gradient_zero)),
        new("H67", typeof(HardCasesByNumber), nameof(HardCasesByNumber.H67_The_third_derivative_of_a_norm_is_that_of_its_primitives)),
        new("H68", typeof(NormalizationTests), nameof(NormalizationTests.The_gradient_of_the_sum_of_a_layer_norm_is_zero_up_to_rounding)),
        new("H70", typeof(DifferentiateTests), nameof(DifferentiateTests.A_variable_used_again_as_the_argument_differs_by_what_is_asked)),
        new("H71", typeof(IndexingHardCases), nameof(IndexingHardCases.H71_Distances_of_equal_points_are_finite_below_the_power_1)),
        new("H72", typeof(LongChainTests), nameof(LongChainTests.A_chain_of_a_million_additions_is_differentiated_and_freed)),
    ];

    private static IEnumerable<Proof> Promises =>
    [
        new("P1", typeof(GradientLaws), nameof(GradientLaws.The_Jacobian_is_that_of_extrapolated_differences)),
        new("P1", typeof(DualLaneLaws), nameof(DualLaneLaws.The_rule_is_the_derivative_of_the_body_within_8_ulp)),
        new("P2", typeof(GradientLaws), nameof(GradientLaws.Higher_derivatives_are_those_of_extrapolated_differences)),
        new("P3", typeof(SpecialValueLaws), nameof(SpecialValueLaws.Derivatives_at_kinks_and_poles_are_those_of_the_table)),
        new("P4", typeof(HardCaseTests), nameof(HardCaseTests.Value_and_gradient_are_right)),
        new("P5", typeof(ThreadCountTests), nameof(ThreadCountTests.Any_number_of_threads_gives_the_same_bits)),
        new("P5", typeof(ThreadCountTests), nameof(ThreadCountTests.A_second_run_gives_the_same_bits)),
        new("P6", typeof(InstructionSetTests), nameof(InstructionSetTests.Narrower_vectors_give_the_same_bits)),
        new("P7", typeof(BatchSliceTests), nameof(BatchSliceTests.A_row_of_a_product_does_not_depend_on_the_other_rows)),
        new("P8", typeof(InPlaceFuzzTests), nameof(InPlaceFuzzTests.A_program_with_changes_in_place_is_refused_or_right)),
        new("P9", typeof(LayoutLaws), nameof(LayoutLaws.Every_layout_gives_the_same_bits)),
        new("P10", typeof(BadCallTests), nameof(BadCallTests.A_bad_call_is_refused_with_operation_and_reason)),
        new("P11", typeof(HugeShapeTests), nameof(HugeShapeTests.A_shape_with_a_size_of_0_is_empty_however_large_the_others_are)),
        new("P11", typeof(HugeShapeTests), nameof(HugeShapeTests.More_than_2_to_63_elements_are_no_shape)),
        new("P12", typeof(SpecialValueLaws), nameof(SpecialValueLaws.Special_values_give_what_the_reference_gives)),
        new("P12", typeof(RandomProgramTests), nameof(RandomProgramTests.Random_programs_obey_all_laws)),
        new("P14", typeof(AccuracyTests), nameof(AccuracyTests.Values_and_derivatives_are_within_the_bound_of_the_true_ones)),
        new("P14", typeof(StableLossTests), nameof(StableLossTests.Every_half_and_a_million_floats_are_within_2_units_and_their_slopes_within_4)),
        new("P15", typeof(SafetensorsAttackTests), nameof(SafetensorsAttackTests.A_bad_header_is_refused)),
        new("P16", typeof(SafetensorsAttackTests), nameof(SafetensorsAttackTests.Every_flipped_byte_of_a_header_is_refused_or_changes_nothing_but_names_and_notes)),
        new("P18", typeof(KilledWriterTests), nameof(KilledWriterTests.After_every_kill_the_file_holds_a_whole_state_that_is_not_older_than_the_last_one_reported)),
        new("P19", typeof(TrainingCheckpointTests), nameof(TrainingCheckpointTests.A_run_that_is_resumed_after_any_step_has_the_losses_of_one_that_never_stopped)),
        new("P20", typeof(LongChainTests), nameof(LongChainTests.A_chain_of_a_million_additions_is_differentiated_and_freed)),
        new("P20", typeof(LongChainTests), nameof(LongChainTests.A_small_stack_is_enough)),
        new("P21", typeof(LongChainTests), nameof(LongChainTests.A_chain_that_nobody_differentiates_is_freed)),
        new("P21", typeof(FlatMemoryTests), nameof(FlatMemoryTests.A_hundred_thousand_steps_hold_no_more_than_a_thousand)),
    ];

    private static IEnumerable<string> Numbered(string kind, params int[] numbers) => numbers.Select(number => $"{kind}{number:00}");
}
